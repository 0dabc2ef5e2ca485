import type { Rng } from '../core/contracts/random';
import type { Collection, Part, Task } from '../core/contracts/task';
import { partOf } from '../core/part-of-input';
import { createRng } from '../core/random';
import { scoredAnswer } from '../core/scored-answer';
import { nearestOf } from './lengths';

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
 * answer has only a few, as at length 1, every part draws from all of them. A task whose inputs come with their parts has
 * them kept apart at every length.
 */
export class Split {
  private readonly known = new Map<number, boolean>();
  private readonly trained = new Map<number, ReadonlySet<string>>();

  constructor(
    readonly task: Task,
    /** Longest input that training may draw. */
    readonly longest: number,
  ) {}

  /** Whether inputs of the length that are tested are kept from training. */
  keepsApart(length: number): boolean {
    if (length > this.longest || this.task.collection) return true;
    const known = this.known.get(length) ?? isLarge(this.task, length);
    this.known.set(length, known);
    return known;
  }

  /** An input for a part, of a length that the task has; of a collection, of the nearest length that the part has. */
  draw(part: Part, rng: Rng, length: number): number[] {
    const { collection } = this.task;
    if (collection) return [...rng.choice(poolOf(collection, part, length))];
    let input = this.task.sample(rng, length);
    if (length > this.longest || !this.keepsApart(length)) return input;
    for (let draws = 1; partOf(input) !== part && draws < mostDraws; draws++) input = this.task.sample(rng, length);
    return input;
  }

  /** Whether training can draw the input. */
  canDraw(input: readonly number[]): boolean {
    if (input.length > this.longest) return false;
    if (this.task.collection) return this.trainedInputs(this.task.collection, input.length).has(input.join());
    return !this.keepsApart(input.length) || partOf(input) === 'training';
  }

  private trainedInputs(collection: Collection, length: number): ReadonlySet<string> {
    const inputs =
      this.trained.get(length) ?? new Set(collection.inputs('training', length).map((input) => input.join()));
    this.trained.set(length, inputs);
    return inputs;
  }
}

function poolOf(collection: Collection, part: Part, length: number): readonly (readonly number[])[] {
  const pool = collection.inputs(part, length);
  return pool.length > 0 ? pool : collection.inputs(part, nearestOf(collection.lengths(part), length));
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
