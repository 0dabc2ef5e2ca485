/** Checks that every task and architecture passes; plugins import them as `chomsky-zoo/testing`. */
export * from './architecture-conformance';
export * from './task-conformance';
