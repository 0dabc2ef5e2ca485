import type { Initializer, Rng } from '../../registry';

const sizeOf = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);

/** Draws every value independently. */
const each =
  (draw: (rng: Rng) => number): Initializer =>
  (rng, shape) =>
    Float32Array.from({ length: sizeOf(shape) }, () => draw(rng));

export const constant = (value: number): Initializer => each(() => value);
export const zeros: Initializer = constant(0);
export const ones: Initializer = constant(1);

/** Uniform on [low, high). */
export const uniform = (low: number, high: number): Initializer => each((rng) => low + (high - low) * rng.uniform());

export const normal = (deviation: number): Initializer => each((rng) => deviation * rng.normal());

/** Normal, redrawn until within two standard deviations. */
export const truncatedNormal = (deviation: number): Initializer =>
  each((rng) => {
    for (;;) {
      const drawn = rng.normal();
      if (Math.abs(drawn) <= 2) return deviation * drawn;
    }
  });

/** Normal with variance gain^2 / fan-in, for weights [inputs, outputs]: keeps the scale of what passes through. */
export const fanIn =
  (gain = 1): Initializer =>
  (rng, shape) =>
    normal(gain / Math.sqrt(shape.at(-2) ?? 1))(rng, shape);

/** A value for every index of the last dimension, the same along all others: a schedule over channels or heads. */
export const perChannel =
  (value: (channel: number, channels: number) => number): Initializer =>
  (_, shape) => {
    const channels = shape.at(-1) ?? 1;
    return Float32Array.from({ length: sizeOf(shape) }, (_, i) => value(i % channels, channels));
  };

/** Rows (or columns, whichever are fewer) orthonormal times `gain`; Gram and Schmidt on normal draws. */
export const orthogonal =
  (gain = 1): Initializer =>
  (rng, shape) => {
    const [rows, columns] = [shape[0]!, sizeOf(shape.slice(1))];
    const [count, length] = rows <= columns ? [rows, columns] : [columns, rows];
    const basis: Float64Array[] = [];
    while (basis.length < count) {
      const vector = Float64Array.from({ length }, () => rng.normal());
      for (const earlier of basis) {
        const projection = vector.reduce((sum, x, i) => sum + x * earlier[i]!, 0);
        earlier.forEach((y, i) => (vector[i]! -= projection * y));
      }
      const norm = Math.hypot(...vector);
      // A draw almost inside the span of the earlier ones is all rounding error.
      if (norm > 1e-6) basis.push(vector.map((x) => x / norm));
    }
    return Float32Array.from({ length: rows * columns }, (_, i) => {
      const [row, column] = [Math.floor(i / columns), i % columns];
      return gain * (rows <= columns ? basis[row]![column]! : basis[column]![row]!);
    });
  };

/** One initialiser per block of the last dimension, as for gates that share one matrix. Extents must sum to the whole. */
export const blocks =
  (...parts: readonly (readonly [extent: number, initializer: Initializer])[]): Initializer =>
  (rng, shape) => {
    const columns = shape.at(-1)!;
    const rows = sizeOf(shape) / columns;
    const whole = new Float32Array(rows * columns);
    let start = 0;
    parts.forEach(([extent, initializer], part) => {
      const block = initializer(rng.split(part), [...shape.slice(0, -1), extent]);
      for (let row = 0; row < rows; row++) {
        whole.set(block.subarray(row * extent, (row + 1) * extent), row * columns + start);
      }
      start += extent;
    });
    return whole;
  };
