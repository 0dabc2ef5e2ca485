export default { preset: 'chomsky-zoo' };
