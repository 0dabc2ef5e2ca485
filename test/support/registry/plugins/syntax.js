module.exports = { name: 'half
