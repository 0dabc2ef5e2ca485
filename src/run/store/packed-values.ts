/** A JSON value of which everything but the numbers is a shape, which many values share; NaN is a number, too. */
export interface Packed {
  /** Place of its shape. */
  readonly shape: number;
  /** Where its numbers begin. */
  readonly at: number;
}

/** Takes values apart. Values of one shape with other numbers cost little more than those numbers. */
export class Packer {
  private readonly places = new Map<string, number>();
  /** Shapes, as JSON with 0 in the place of every number. */
  readonly shapes: string[] = [];
  readonly numbers: number[] = [];

  pack(value: unknown): Packed {
    const at = this.numbers.length;
    return { shape: this.placeOf(shapeOf(value, this.numbers)), at };
  }

  private placeOf(shape: string): number {
    const known = this.places.get(shape);
    if (known !== undefined) return known;
    this.places.set(shape, this.shapes.length);
    return this.shapes.push(shape) - 1;
  }
}

function shapeOf(value: unknown, numbers: number[]): string {
  if (typeof value === 'number') {
    numbers.push(value);
    return '0';
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((each) => shapeOf(each, numbers)).join()}]`;
  const keys = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${keys.map(([key, inner]) => `${JSON.stringify(key)}:${shapeOf(inner, numbers)}`).join()}}`;
}

interface Cursor {
  readonly numbers: Float64Array;
  at: number;
}
type Reader = (from: Cursor) => unknown;

/** Puts values together again. Parts without numbers are shared by all values of a shape. */
export class Unpacker {
  private readonly readers: Reader[] = [];

  constructor(
    private readonly shapes: readonly unknown[],
    private readonly numbers: Float64Array,
  ) {}

  unpack({ shape, at }: Packed): unknown {
    const reader = (this.readers[shape] ??= readerOf(this.shapes[shape]));
    return reader({ numbers: this.numbers, at });
  }
}

function readerOf(shape: unknown): Reader {
  if (typeof shape === 'number') return (from) => from.numbers[from.at++];
  if (!hasNumbers(shape)) return () => shape;
  if (Array.isArray(shape)) {
    const readers = shape.map(readerOf);
    return (from) => readers.map((read) => read(from));
  }
  const keys = Object.keys(shape as object);
  const readers = Object.values(shape as object).map(readerOf);
  return (from) => {
    const value: Record<string, unknown> = {};
    for (let i = 0; i < keys.length; i++) value[keys[i]!] = readers[i]!(from);
    return value;
  };
}

const hasNumbers = (shape: unknown): boolean =>
  typeof shape === 'number' || (typeof shape === 'object' && shape !== null && Object.values(shape).some(hasNumbers));
