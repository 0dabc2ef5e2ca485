export * from './contracts';
export * from './protocol';
export { architecture, baseline, task, unitOf } from './units';
export { ZooError, zooError } from './errors';
export { createRng } from './random';
