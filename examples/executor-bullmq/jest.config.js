module.exports = { preset: 'chomsky-zoo' };
