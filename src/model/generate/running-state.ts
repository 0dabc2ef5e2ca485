import type { Engine, Handle } from '../../core/contracts/engine';
import type { SequenceModel } from '../../core/contracts/architecture';
import { growthOf, initialShapes, tracedStep } from '../traced-state';
import { blankIn, type Block, capacityFor, enlarged, growingAxis, paste, resized } from './cache';

/** A tensor of the state. */
export interface StatePart {
  readonly name: string;
  /** On which it has room for tokens that steps append beside it, if they do. */
  readonly axis: number | undefined;
  /** Where it grows and every step gives it back whole: its shape with room for so many tokens. */
  readonly shapeWithRoom: ((tokens: number) => readonly number[]) | undefined;
}

/**
 * The state of a model between calls of its compiled forms. Parts of constant size are handles that one call hands to the
 * next. Parts that grow live here, in memory that a form only looks at: it gives back what is recent, and that alone is
 * copied to its place. They start small and grow with the sequence, so that little is looked at in vain. Parts that grow and
 * come back whole are handles too, and come here only to be given more room.
 */
export class RunningState {
  /** In the order of `parts`. */
  readonly handles: Handle[] = [];
  /** Tokens taken so far. */
  position = 0;
  /** Tokens for which the parts that grow have room. */
  room = 0;
  /** What is behind the handles of the parts that grow. */
  private readonly caches: (Block | undefined)[] = [];
  /** Memory of caches that were outgrown or forgotten, for the next one of the same part. */
  private readonly spare: (Block | undefined)[] = [];

  private constructor(
    private readonly engine: Engine,
    readonly parts: readonly StatePart[],
    /** Before the first token, with room for one. */
    private readonly initial: readonly Handle[],
  ) {}

  static async create(engine: Engine, model: SequenceModel, rows: number, label: string): Promise<RunningState> {
    const [one, two] = [initialShapes(model, rows, 1), initialShapes(model, rows, 2)];
    const growth = growthOf(model, tracedStep(model, 1, 1), 1);
    const parts = Object.keys(one)
      .sort()
      .map((name): StatePart => {
        const [small, large] = [one[name]!, two[name]!];
        const isWhole = growth[name] === 'rewritten' || growth[name] === 'concatenated';
        return {
          name,
          axis: growth[name] === 'appended' ? growingAxis(small, large) : undefined,
          shapeWithRoom: isWhole
            ? (tokens) => small.map((extent, k) => extent + (tokens - 1) * (large[k]! - extent))
            : undefined,
        };
      });
    const program = () => {
      const state = model.initialState!(rows, 1);
      return parts.map(({ name }) => state[name]!);
    };
    const executable = await engine.compile(program, [], { label });
    const initial = await executable.run([]);
    await executable.dispose();
    return new RunningState(engine, parts, initial);
  }

  /** Whether everything is appended, so that a call may read more tokens than are remembered. */
  get onlyGrows(): boolean {
    return this.parts.every(({ axis }) => axis !== undefined);
  }

  /** Back to before the first token. */
  async reset(): Promise<void> {
    this.forget();
    this.initial.forEach((handle, i) => (this.handles[i] = handle));
    await this.makeRoom(1);
  }

  /** Makes sure that there is room for `count` more tokens where a part is rewritten: it needs its room beforehand. */
  async reserve(count: number): Promise<void> {
    const comesBackWhole = this.parts.some(({ shapeWithRoom }) => shapeWithRoom);
    if (comesBackWhole && this.position + count > this.room) await this.makeRoom(this.position + count);
  }

  /**
   * Takes what a call gave back and moves on by `count` tokens: of a part that grows the recent slots, of which there may
   * be more than `count`; of another its next value.
   */
  async advance(next: readonly Handle[], count: number): Promise<void> {
    if (this.position + count > this.room) await this.makeRoom(this.position + count);
    for (const [i, { axis }] of this.parts.entries()) {
      const cache = this.caches[i];
      if (cache) {
        paste(cache, { data: await this.floats(next[i]!), shape: next[i]!.shape }, axis!, this.position, count);
        this.engine.release([next[i]!]);
      }
      this.replace(i, cache ? this.handleOf(cache) : next[i]!);
    }
    this.position += count;
  }

  dispose(): void {
    this.forget();
    this.engine.release(this.initial);
  }

  private forget(): void {
    this.engine.release(this.handles.filter((handle) => !this.initial.includes(handle)));
    this.caches.forEach((_, i) => this.spareCache(i));
    [this.position, this.room] = [0, 0];
  }

  /** Gives what grows room for so many tokens, and keeps what it holds. */
  private async makeRoom(tokens: number): Promise<void> {
    this.room = this.parts.some(({ axis, shapeWithRoom }) => axis !== undefined || shapeWithRoom)
      ? capacityFor(tokens)
      : Infinity;
    for (const [i, { axis, shapeWithRoom }] of this.parts.entries()) {
      if (shapeWithRoom) {
        const { shape } = this.handles[i]!;
        const larger = enlarged({ data: await this.floats(this.handles[i]!), shape }, shapeWithRoom(this.room));
        this.replace(i, this.handleOf(larger));
      }
      if (axis === undefined) continue;
      const cache = blankIn(this.spare[i], resized(this.initial[i]!.shape, axis, this.room));
      this.spare[i] = undefined;
      const before = this.caches[i];
      if (before) paste(cache, before, axis, 0);
      this.spareCache(i);
      this.caches[i] = cache;
      this.replace(i, this.handleOf(cache));
    }
  }

  /** Of two the larger is kept: the caches of a part take turns in both. */
  private spareCache(i: number): void {
    const [cache, spare] = [this.caches[i], this.spare[i]];
    if (cache && (!spare || spare.data.buffer.byteLength < cache.data.buffer.byteLength)) this.spare[i] = cache;
    this.caches[i] = undefined;
  }

  /** The initial handles are kept for the next sequence. */
  private replace(i: number, handle: Handle): void {
    const before = this.handles[i]!;
    if (!this.initial.includes(before)) this.engine.release([before]);
    this.handles[i] = handle;
  }

  private floats(handle: Handle): Promise<Float32Array> {
    return this.engine.read(handle) as Promise<Float32Array>;
  }
  private handleOf({ data, shape }: Block): Handle {
    return this.engine.upload(data, { shape, dtype: 'float32' });
  }
}
