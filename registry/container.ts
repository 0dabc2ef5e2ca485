import 'reflect-metadata';
import { container as root, type DependencyContainer } from 'tsyringe';

/** Everything that is injected, by name. Units and wrappers have many registrations per token, services one. */
export const tokens = {
  /** RegisteredUnit of that kind, many. */
  architecture: Symbol('architecture'),
  task: Symbol('task'),
  baseline: Symbol('baseline'),
  /** Wrapper, many. */
  wrapper: Symbol('wrapper'),
  /** Services of one run. */
  registry: Symbol('Registry'),
  store: Symbol('Store'),
  executor: Symbol('Executor'),
  reporter: Symbol('Reporter'),
} as const satisfies Record<string, symbol>;

/** An isolated container: a zoo of its own, so that tests and plugins never see each other's registrations. */
export const createContainer = (): DependencyContainer => root.createChildContainer();
