import type { Protocol } from '../../../../src/core/protocol';
import type { Manifest } from '../../../../src/core/contracts/manifest';
import { trainingOf } from '../../../../src/studies/capability/summarise/training';
import { makeManifest, makeRecord } from '../../../support/records';

/** A manifest in which some rows or columns have another protocol. */
const changed = (change: (row: string, column: string, protocol: Protocol) => Partial<Protocol>): Manifest => {
  const manifest = makeManifest({ architectures: ['lstm', 'gru', 'rwkv'] });
  const cells = manifest.cells.map((cell) => {
    const { architecture, task, protocol } = cell.specification;
    const own = { ...protocol, ...change(architecture.id, task.id, protocol) };
    return { ...cell, specification: { ...cell.specification, protocol: own } };
  });
  return { ...manifest, cells };
};

test('what all rows share and what differs comes from their protocols, not from names', () => {
  const training = trainingOf(
    changed((row, _, { optimiser }) => ({
      steps: row === 'lstm' ? 2500 : 1000,
      optimiser: { ...optimiser, learningRate: row === 'rwkv' ? 0.001 : 0.005 },
    })),
    [],
  )!;
  expect(training.differs).toEqual([
    { name: 'steps', usual: '1000', others: [{ value: '2500', cells: ['lstm'] }] },
    { name: 'learning rate', usual: '0.005', others: [{ value: '0.001', cells: ['rwkv'] }] },
  ]);
  expect(training.same.slice(0, 2)).toEqual([
    { name: 'training lengths', value: '1–40' },
    { name: 'batch size', value: '64' },
  ]);
  expect(training.same).toContainEqual({ name: 'evaluation sequences per length', value: '128' });
  expect(training.stopping).toMatchObject({ patience: 3 });
});

test('what differs by column or by pair is told so', () => {
  const byColumn = trainingOf(
    changed((_, column) => ({ batchSize: column === 'reversal' ? 8 : 64 })),
    [],
  )!;
  expect(byColumn.differs[0]!.others).toEqual([{ value: '8', cells: ['reversal'] }]);
  const byPair = trainingOf(
    changed((row, column) => ({ batchSize: column === 'parity' && row === 'gru' ? 8 : 64 })),
    [],
  )!;
  expect(byPair.differs[0]!.others).toEqual([{ value: '8', cells: ['gru x parity'] }]);
});

test('rows that stop at different times have no stopping in common', () => {
  const training = trainingOf(
    changed((row, _, { heldOut }) => ({ heldOut: { ...heldOut, patience: row === 'gru' ? 9 : 3 } })),
    [],
  )!;
  expect(training.stopping).toBeNull();
  expect(training.differs.map(({ name }) => name)).toEqual(['held out patience']);
});

test('steps, sequences and parameters are those of finished runs', () => {
  const records = [makeRecord({ seed: 1 }), makeRecord({ seed: 2 }), makeRecord({ baseline: true })];
  const [first] = records;
  const early = { ...first!, training: { ...first!.training!, steps: 300 } };
  expect(trainingOf(makeManifest(), [early, ...records.slice(1)])).toMatchObject({
    steps: [300, 1000],
    sequences: [300 * 64, 1000 * 64],
    parameters: [10, 10],
  });
  expect(trainingOf(makeManifest(), [])).toMatchObject({ steps: null, sequences: null });
});

test('finite training sets are told where there are some', () => {
  expect(trainingOf(makeManifest(), [makeRecord({ seed: 1 })])).toMatchObject({ distinct: null });
  const names = ({ same, differs }: NonNullable<ReturnType<typeof trainingOf>>) =>
    [...same, ...differs].map(({ name }) => name);
  expect(names(trainingOf(makeManifest(), [])!)).not.toContain('training sequences');
  const one = trainingOf(
    changed((row) => (row === 'gru' ? { trainingSequences: 256 } : {})),
    [],
  )!;
  expect(one.differs).toEqual([
    { name: 'training sequences', usual: 'any number', others: [{ value: '256', cells: ['gru'] }] },
  ]);
  const all = trainingOf(
    changed(() => ({ trainingSequences: 256 })),
    [],
  )!;
  expect(all.same).toContainEqual({ name: 'training sequences', value: '256' });
  const record = makeRecord({ seed: 1 });
  const trainingSet = { sequences: 256, distinct: 250, epochs: 250 };
  expect(
    trainingOf(makeManifest(), [{ ...record, training: { ...record.training!, trainingSet } }, record]),
  ).toMatchObject({ distinct: [250, 250] });
});

test('baselines alone are trained with nothing', () => {
  expect(trainingOf(makeManifest({ architectures: [] }), [])).toBeNull();
});

test('what a manifest from elsewhere does not say of a protocol is left out', () => {
  const nothing = { optimiser: undefined, heldOut: undefined, trainingLengths: undefined };
  const training = trainingOf(
    changed(() => nothing as unknown as Partial<Protocol>),
    [],
  )!;
  expect(training.stopping).toBeNull();
  expect(training.differs).toEqual([]);
  expect(training.same[0]).toEqual({ name: 'training lengths', value: 'unknown' });
});

test('settings that some rows alone have are none for the others', () => {
  const training = trainingOf(
    changed((row, _, { trainingLengths }) => ({
      ...(row !== 'gru' && { stop: { futile: 12 } }),
      trainingLengths: { ...trainingLengths, curriculum: row === 'rwkv' ? 0.5 : undefined },
    })),
    [],
  )!;
  expect(training.stopping).toBeNull();
  expect(training.differs).toEqual([
    { name: 'stop futile', usual: '12', others: [{ value: 'none', cells: ['gru'] }] },
    { name: 'curriculum', usual: 'none', others: [{ value: '0.5', cells: ['rwkv'] }] },
  ]);
  const alike = trainingOf(
    changed(() => ({ stop: { futile: 12 } })),
    [],
  )!;
  expect(alike.stopping).toMatchObject({ patience: 3, futile: 12 });
});
