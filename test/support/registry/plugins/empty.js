module.exports = { name: 'empty', version: '1.0.0', zoo: '*', tasks: [] };
