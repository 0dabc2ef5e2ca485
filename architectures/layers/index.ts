/** What architectures are built from; plugins import it as `chomsky-zoo/layers`. */
export * from './attention';
export * from './embedding';
export * from './feed-forward';
export * from './heads';
export * from './hyperparameters';
export * as initializers from './initializers';
export * from './language-model';
export * from './linear';
export * from './normalization';
export * from './parameters';
export * from './positions';
export * from './recurrence';
export * from './scan';
export * from './sequence-layer';
export * from './wrappers';
