import { decodeCheckpoint, encodeCheckpoint } from '../../src/train/checkpoint';
import type { TrainingState } from '../../src/train/training-state';

const checkpoint: TrainingState = {
  step: 120,
  weights: {
    parameters: Float32Array.of(1, -2, 3.5),
    firstMoment: Float32Array.of(0.1, 0.2, 0.3),
    secondMoment: Float32Array.of(1e-9, 2e-9, 3e-9),
  },
  evaluated: Float32Array.of(4, 5, 6),
  curve: [{ step: 100, loss: 0.1 + 0.2, heldOut: { exact: 0.5, token: 0.75 } }],
  lossSum: 1 / 3,
  seconds: 12.5,
  resumed: 2,
};

/** The same bytes with something else in the header that is as long. */
const withHeader = (from: string, to: string) =>
  Buffer.from(encodeCheckpoint(checkpoint)).toString('latin1').replace(from, to);

describe('checkpoint', () => {
  test('comes back to the last bit', () => {
    expect(decodeCheckpoint(encodeCheckpoint(checkpoint), 3)).toEqual(checkpoint);
  });
  test('reads from the middle of a larger buffer', () => {
    const content = encodeCheckpoint(checkpoint);
    const larger = new Uint8Array(content.length + 3);
    larger.set(content, 3);
    expect(decodeCheckpoint(larger.subarray(3), 3)).toEqual(checkpoint);
  });
  test.each([
    ['of another model', encodeCheckpoint(checkpoint), 4],
    ['cut short', encodeCheckpoint(checkpoint).subarray(0, 60), 3],
    ['not a checkpoint', new Uint8Array([1, 2, 3]), 3],
    ['of another format', Buffer.from(withHeader('"format":2', '"format":1'), 'latin1'), 3],
  ])('is refused when %s', (_, content, count) => {
    expect(decodeCheckpoint(content, count)).toBeNull();
  });
});
