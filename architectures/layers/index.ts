/** What architectures are built from; plugins import it as `chomsky-zoo/layers`. */
export * from './activations';
export * from './attention';
<<<<<<< HEAD
export * from './custom-gradient';
=======
export * from './chunked-delta-rule';
export * from './chunks';
>>>>>>> d6386621eb0da98f8ce94bdd8e956f84d27cbe0e
export * from './delta-rule';
export * from './embedding';
export * from './external-memory';
export * from './fading-mean';
export * from './feed-forward';
export * from './heads';
export * from './hyperparameters';
export * as initializers from './initializers';
export * from './language-model';
export * from './learned-positions';
export * from './linear';
export * from './matrix-memory';
export * from './normalization';
export * from './parameters';
export * from './positions';
export * from './pushdown-runs';
export * from './recurrence';
export * from './scan';
export * from './sequence-layer';
export * from './short-convolution';
export * from './toeplitz';
export * from './tokens';
export * from './triangular-inverse';
export * from './wrappers';
