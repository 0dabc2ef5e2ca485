export * from './task-conformance';
