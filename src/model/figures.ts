import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Memory } from '../core/contracts/architecture';
import { instanceOf, type RegisteredUnit } from '../../registry/units';
import { type Setting, type Sizes, sizesOfModel, usualSetting } from './sizes';
import type * as TracedState from './traced-state';
import type { RowTheory } from './traced-theory';

/** What is seen of a row without training it. */
export interface Figures extends Sizes {
  readonly memory: Memory;
  readonly hasAttention: boolean;
}

/** With what takes several traces to see, which is asked for apart (row-properties.ts). */
export interface WrittenFigures extends Figures {
  readonly theory: RowTheory;
}

/** Of built-in rows at their defaults in the usual setting, by `keyOf`; the build writes it, sources are without. */
export const figuresFile = join(__dirname, 'figures.json');
const load = createRequire(__filename); // see sizes.ts
let written: Readonly<Record<string, WrittenFigures>> | undefined;

/** Figures of an architecture with these hyperparameters, from the build if they are there. */
export function figuresOf(
  unit: RegisteredUnit<'architecture'>,
  hyperparameters: object,
  setting: Setting = usualSetting,
): Figures {
  return (
    (setting === usualSetting ? writtenFigures(unit, hyperparameters) : undefined) ??
    tracedFigures(unit, hyperparameters, setting)
  );
}

/** Those from the build, if they are there. */
export function writtenFigures(
  unit: RegisteredUnit<'architecture'>,
  hyperparameters: object,
): WrittenFigures | undefined {
  written ??= readWritten();
  return written[keyOf(unit, hyperparameters)];
}

export const keyOf = ({ id, meta }: RegisteredUnit<'architecture'>, hyperparameters: object): string =>
  `${id} ${meta.version} ${JSON.stringify(hyperparameters)}`;

export function tracedFigures(
  unit: RegisteredUnit<'architecture'>,
  hyperparameters: object,
  setting: Setting = usualSetting,
): Figures {
  const model = instanceOf(unit).build(hyperparameters, setting.vocabularySize);
  return {
    ...sizesOfModel(model, setting.time),
    memory: (load('./traced-state') as typeof TracedState).memoryOf(model),
    hasAttention: model.attention !== undefined,
  };
}

function readWritten(): Readonly<Record<string, WrittenFigures>> {
  try {
    return JSON.parse(readFileSync(figuresFile, 'utf8')) as Record<string, WrittenFigures>;
  } catch {
    return {}; // not built, or building
  }
}
