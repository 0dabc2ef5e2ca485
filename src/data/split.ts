import type { Rng } from '../core/contracts/random';
import type { Task } from '../core/contracts/task';
import { createRng } from '../core/random';
import { scoredAnswer } from '../core/scored-answer';

/** What the inputs of trained lengths are for. */
export type Part = 'training' | 'validation' | 'test';

/** Of 16 inputs about 13 are for training, one for validation and two for test. */
const parts = 16;
const partAt = (slot: number): Part => (slot < 2 ? 'test' : slot < 3 ? 'validation' : 'training');

/** The part of an input, known from its symbols alone (FNV-1a, then the finaliser of MurmurHash3). */
export function partOf(input: readonly number[]): Part {
  let hash = 0x811c9dc5;
  for (const symbol of input) hash = Math.imul(hash ^ (symbol + 1), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return partAt((hash ^ (hash >>> 16)) & (parts - 1));
}

/** Inputs of a length that are looked at before it is split. */
const looks = 512;
/** An answer that is at least so frequent must occur among the inputs of every part. */
const frequent = 1 / 8;
/** Draws of which so many differ come from far more inputs than were drawn. */
const manyShare = 0.9;
/** With fewer inputs, or a few that come often, what is kept for test has this share of the draws at least and at most. */
const testShare = [1 / 24, 1 / 3] as const;
const leastTestInputs = 6;
const leastValidationShare = 1 / 128;
/** Draws after which a part is given up; with the shares above that does not happen. */
const mostDraws = 10_000;

/**
 * Keeps what is trained on, what training is stopped by, and what is tested apart. Inputs longer than all trained ones
 * are always new. At a trained length an input belongs to one part only, if the length has inputs enough: where one
 * answer has only a few, as at length 1, every part draws from all of them.
 */
export class Split {
  private readonly known = new Map<number, boolean>();

  constructor(
    readonly task: Task,
    /** Longest input that training may draw. */
    readonly longest: number,
  ) {}

  /** Whether inputs of the length that are tested are kept from training. */
  keepsApart(length: number): boolean {
    if (length > this.longest) return true;
    const known = this.known.get(length) ?? isLarge(this.task, length);
    this.known.set(length, known);
    return known;
  }

  /** An input for a part, of a length that the task has. */
  draw(part: Part, rng: Rng, length: number): number[] {
    let input = this.task.sample(rng, length);
    if (length > this.longest || !this.keepsApart(length)) return input;
    for (let draws = 1; partOf(input) !== part && draws < mostDraws; draws++) input = this.task.sample(rng, length);
    return input;
  }

  /** Whether training can draw the input. */
  canDraw(input: readonly number[]): boolean {
    return input.length <= this.longest && (!this.keepsApart(input.length) || partOf(input) === 'training');
  }
}

/** Whether a length has so many inputs that each part has some of them, with every frequent answer. */
function isLarge(task: Task, length: number): boolean {
  const rng = createRng('split').split(length);
  const inputs = Array.from({ length: looks }, () => task.sample(rng, length));
  const byAnswer = groupBy(inputs, (input) => scoredAnswer(task, input).join());
  return [inputs, ...byAnswer.values()].every((group) => group.length < frequent * looks || canBeSplit(group));
}

function canBeSplit(inputs: readonly (readonly number[])[]): boolean {
  const different = new Set(inputs.map(String)).size;
  if (different >= manyShare * inputs.length) return true;
  const of = (part: Part) => inputs.filter((input) => partOf(input) === part);
  const share = of('test').length / inputs.length;
  return (
    share >= testShare[0] &&
    share <= testShare[1] &&
    new Set(of('test').map(String)).size >= leastTestInputs &&
    of('validation').length >= leastValidationShare * inputs.length
  );
}

/** Values by key, keys in the order in which they are first met. */
export function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
