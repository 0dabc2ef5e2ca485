module.exports = { name: 'other', version: '1.0.0', zoo: 'soon', tasks: [] };
