import { Protocol } from '../../../src/core/protocol';
import { unitOf, type UnitClass } from '../../../registry/units';
import type { ArchitectureMeta } from '../../../src/core/contracts/architecture';
import type { CellRecord } from '../../../src/core/contracts/record';
import { discover } from '../../../registry/discover';
import { Registry } from '../../../registry/registry';
import { selectEngine } from '../engine-choice';
import { recordOfCell } from '../measure';
import { MemoryStore } from '../memory-store';

const registry = discover(new Registry(), 'tasks', 'architectures');

/** Trains on parity of up to 4 symbols, just enough to tell learning from guessing: seconds. */
async function trainOnParity(
  { id, mode, version }: ArchitectureMeta,
  hyperparameters: Record<string, unknown>,
): Promise<CellRecord> {
  const protocol = new Protocol();
  Object.assign(protocol, { steps: 400, batchSize: 32 });
  Object.assign(protocol.trainingLengths, { maximum: 4 });
  Object.assign(protocol.optimiser, { learningRate: 0.01 });
  Object.assign(protocol.evaluation, { sequencesPerLength: 64, lengthsPerRange: 4, nearFactor: 1.25, farFactor: 1.5 });
  const engine = await selectEngine('onnx', { threads: 1 });
  const specification = {
    schemaVersion: 1 as const,
    seed: 1,
    protocol,
    engine: 'onnx' as const,
    architecture: { id, version, hyperparameters },
    task: { id: 'parity', version: 1, hyperparameters: {} },
    mode: mode!,
  };
  const where = { registry, store: new MemoryStore(), engine };
  return recordOfCell(where, { key: id, plugins: [], specification }).finally(() => engine.dispose());
}

/** Checks that a wrapped row is its base in another mode, and that it learns to write its steps and to use them. */
export function describeChainOfThought(
  wrapped: UnitClass<'architecture'>,
  base: UnitClass<'architecture'>,
  hyperparameters: Record<string, unknown>,
): void {
  const [meta, baseMeta] = [wrapped, base].map((unit) => unitOf(unit)!.meta as ArchitectureMeta) as [
    ArchitectureMeta,
    ArchitectureMeta,
  ];

  it('is the same model under another id and mode', () => {
    expect(meta).toMatchObject({
      id: `cot-${baseMeta.id}`,
      mode: 'chain-of-thought',
      variantOf: baseMeta.id,
      claims: [],
    });
    const parametersOf = (unit: UnitClass<'architecture'>) =>
      new unit().build(new meta.hyperparameters(), 7).parameters.map(({ name, shape }) => [name, shape]);
    expect(parametersOf(wrapped)).toEqual(parametersOf(base));
  });

  it('learns to write the running parities and reads the answer off its own', async () => {
    const { specification, training, lengths, ranges } = await trainOnParity(meta, hyperparameters);
    expect(specification.mode).toBe('chain-of-thought');
    const losses = training!.curve.map(({ loss }) => loss);
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 3);
    expect(ranges.inRange.score!.exact).toBeGreaterThan(0.9);
    const traces = lengths.filter(({ range }) => range === 'inRange').map(({ traceExact }) => traceExact!);
    expect(traces).toHaveLength(4);
    for (const share of traces) expect(share).toBeGreaterThan(0.6); // guessing writes 4 bits right in 1 of 16
  });
}
