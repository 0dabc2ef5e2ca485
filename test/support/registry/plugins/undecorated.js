module.exports = { name: 'undecorated', version: '1.0.0', zoo: '*', tasks: [class Plain {}] };
