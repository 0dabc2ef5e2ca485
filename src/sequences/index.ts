export * from './batch';
export * from './format';
export * from './lengths';
export { specialTokens, Vocabulary } from './vocabulary';
