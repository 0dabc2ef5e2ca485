export * from './contracts';
export * from './protocol';
export { architecture, baseline, family, task, unitOf, wrapper } from './units';
export type { TaskFamily, Unit, UnitClass, UnitKind, Wrapper } from './units';
export type { Plugin } from './plugins';
export { ZooError, zooError } from './errors';
export { createRng } from './random';
