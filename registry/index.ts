export * from '../src/core/contracts/architecture';
export * from '../src/core/contracts/baseline';
export * from '../src/core/contracts/chomsky-level';
export * from '../src/core/contracts/declared-theory';
export * from '../src/core/contracts/engine';
export * from '../src/core/contracts/execution';
export * from '../src/core/contracts/executor';
export * from '../src/core/contracts/figure';
export * from '../src/core/contracts/intervention';
export * from '../src/core/contracts/plot';
export * from '../src/core/contracts/log';
export * from '../src/core/contracts/probe';
export * from '../src/core/contracts/random';
export * from '../src/core/contracts/manifest';
export * from '../src/core/contracts/record';
export * from '../src/core/contracts/reference';
export * from '../src/core/contracts/store';
export * from '../src/core/contracts/study';
export * from '../src/core/contracts/task';
export * from '../src/core/contracts/view';
export * from '../src/core/experiment';
export * from '../src/core/protocol';
export { cellLabel, jobOf } from '../src/core/cell';
export { EachNested, Nested } from '../src/core/validation';
export {
  architecture,
  baseline,
  engine,
  executor,
  family,
  intervention,
  plot,
  log,
  probe,
  study,
  task,
  unitOf,
  view,
  wrapper,
} from './units';
export type { RegisteredUnit, TaskFamily, Unit, UnitClass, UnitKind, Wrapper } from './units';
export { tokens } from './container';
export { DataFiles } from './data-files';
export { Registry } from './registry';
export type { Plugin } from './plugins';
export { ZooError, zooError } from '../src/core/errors';
export { parseJson } from '../src/core/json-file';
export { nearestNames } from '../src/core/nearest';
export { createRng } from '../src/core/random';
export { partOf } from '../src/core/part-of-input';
export { scoredAnswer } from '../src/core/scored-answer';
