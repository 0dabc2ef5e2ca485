import 'reflect-metadata';
import { container as root, type DependencyContainer } from 'tsyringe';
import { unitKinds, type UnitKind } from './units';

/**
 * What a zoo is made of, by name: as many registrations as there are units of a kind, each a `RegisteredUnit`; of
 * wrappers (`Wrapper`) and of families (`TaskFamily`) likewise.
 */
export const tokens = {
  ...(Object.fromEntries(unitKinds.map((kind) => [kind, Symbol(kind)])) as Record<UnitKind, symbol>),
  wrapper: Symbol('wrapper'),
  family: Symbol('family'),
} as const;

/** An isolated container: a zoo of its own, so that tests and plugins never see each other's registrations. */
export const createContainer = (): DependencyContainer => root.createChildContainer();
