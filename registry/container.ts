import 'reflect-metadata';
import { container as root, type DependencyContainer } from 'tsyringe';
import type { UnitKind } from './units';

/** What a zoo is made of, by name; each has as many registrations as there are units of the kind. */
export const tokens = {
  /** RegisteredUnit of that kind. */
  architecture: Symbol('architecture'),
  task: Symbol('task'),
  baseline: Symbol('baseline'),
  view: Symbol('view'),
  /** Wrapper. */
  wrapper: Symbol('wrapper'),
  /** RegisteredFamily. */
  family: Symbol('family'),
} as const satisfies Record<UnitKind | 'wrapper' | 'family', symbol>;

/** An isolated container: a zoo of its own, so that tests and plugins never see each other's registrations. */
export const createContainer = (): DependencyContainer => root.createChildContainer();
