module.exports = { name: 'future', version: '1.0.0', zoo: '^99.0.0', tasks: [] };
