export * from './baselines';
export * from './capability';
export * from './cell-summary';
export * from './claims';
export * from './scaled-score';
export * from './summaries';
export * from './verdict';
export * from './wilson';
