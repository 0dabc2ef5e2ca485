import { factsOf, lengthLines, lengthsDiffer, otherFacts } from '../../../../src/studies/capability/drawing/facts';
import { buildMatrix } from '../../../../src/studies/capability/summarise/matrix';
import { makeMatrix, smallMatrix } from '../../../support/matrix';
import { makeManifest, makeRecord } from '../../../support/records';

test('lengths are told once where they are the same, else for each kind of column', () => {
  expect(lengthLines(smallMatrix())).toEqual(['lengths: in range 1–40, near 41–100, far 101–256']);
  expect(lengthsDiffer(smallMatrix())).toBe(false);
  const mixed = makeMatrix({ baselines: [] }, [
    { inRange: 1, near: 1, far: 1 },
    { task: 'reversal', inRange: 1, near: 1 },
  ]);
  expect(lengthLines(mixed)).toEqual([
    'lengths of parity: in range 1–40, near 41–100, far 101–256',
    'lengths of reversal: in range 1–40, near 41–100',
  ]);
  expect(lengthsDiffer(mixed)).toBe(true);
  expect(lengthLines(makeMatrix({}, []))).toEqual([]);
});

test('what is the same for all rows, what differs, and when runs stop', () => {
  const manifest = makeManifest();
  const cells = manifest.cells.map((cell) => {
    const { architecture, protocol } = cell.specification;
    const own = architecture.id === 'lstm' ? { ...protocol, steps: 2500 } : protocol;
    return { ...cell, specification: { ...cell.specification, protocol: own } };
  });
  const record = makeRecord({ inRange: 1 });
  const matrix = buildMatrix({
    manifest: { ...manifest, cells },
    stored: new Map([[record.key, { status: 'finished', record }]]),
  });
  expect(otherFacts(matrix)).toEqual([
    'the same for all rows: training lengths 1–40, batch size 64, learning rate 0.001; differs: steps 2500 (transformer 1000)',
    'a run stops after 3 perfect looks in a row at trained lengths, one every 100 steps; steps done 1,000; sequences seen 64,000; parameters 10',
  ]);
});

test('looks below perfection, and no stopping at all, are told as they are', () => {
  const stops = (stopAt: number | null, futile?: number) => {
    const manifest = makeManifest();
    const cells = manifest.cells.map((cell) => {
      const { heldOut, ...protocol } = cell.specification.protocol;
      return {
        ...cell,
        specification: {
          ...cell.specification,
          protocol: { ...protocol, heldOut: { ...heldOut, stopAt }, ...(futile && { stop: { futile } }) },
        },
      };
    });
    return factsOf(buildMatrix({ manifest: { ...manifest, cells }, stored: new Map() })).at(-1);
  };
  expect(stops(null)).toBe('no run stops early');
  expect(stops(null, 12)).toBe('a run stops after 12 without progress, one every 100 steps');
  expect(stops(1, 12)).toBe(
    'a run stops after 3 perfect looks in a row at trained lengths or 12 without progress, one every 100 steps',
  );
  expect(stops(0.99)).toBe(
    'a run stops after 3 looks in a row at trained lengths with at least 99 % right, one every 100 steps',
  );
});

test('what cannot be reached, and what a task does not have, is told by column', () => {
  const oracle = makeRecord({ architecture: 'oracle', baseline: true, inRange: 1, near: 0.55, far: 0 });
  const lstm = makeRecord({ task: 'reversal', inRange: 1 });
  const lacking = { ...lstm.ranges.far, notEvaluated: 'the longest word has 3 symbols' };
  const finite = { ...lstm, ranges: { ...lstm.ranges, near: lacking, far: lacking } };
  const matrix = buildMatrix({
    manifest: makeManifest(),
    stored: new Map([oracle, finite].map((record) => [record.key, { status: 'finished', record }])),
  });
  expect(otherFacts(matrix).slice(0, 2)).toEqual([
    'parity: near at most 55, far at most 0 can be reached from the trained lengths',
    'reversal: near and far not evaluated, the longest word has 3 symbols',
  ]);
});

test('kinds of machine are told where there are several', () => {
  const made = (seed: number, machineKind?: string) => {
    const record = makeRecord({ seed, inRange: 1 });
    return { ...record, provenance: { ...record.provenance, machineKind } };
  };
  const matrix = (...kinds: (string | undefined)[]) =>
    buildMatrix({
      manifest: makeManifest({ baselines: [], seeds: kinds.map((_, at) => at + 1) }),
      stored: new Map(
        kinds.map((kind, at) => {
          const record = made(at + 1, kind);
          return [record.key, { status: 'finished', record }];
        }),
      ),
    });
  expect(factsOf(matrix('NEON', 'AVX2', 'AVX2', undefined))).toContain(
    '2 kinds of machine, which round differently: 2 runs on AVX2; 1 run on NEON',
  );
  expect(factsOf(matrix('AVX2', 'AVX2', undefined)).join()).not.toContain('machine');
});

test('that evaluation was sequential is told with its error, where it was', () => {
  const told = (sequential?: { error: number }) => {
    const manifest = makeManifest();
    const cells = manifest.cells.map((cell) => {
      const { evaluation, ...protocol } = cell.specification.protocol;
      const own = { ...protocol, evaluation: { ...evaluation, ...(sequential && { sequential }) } };
      return { ...cell, specification: { ...cell.specification, protocol: own } };
    });
    return factsOf(buildMatrix({ manifest: { ...manifest, cells }, stored: new Map() }));
  };
  const line =
    'evaluation is sequential: a length is measured until its verdict is certain, with an error of 0.01 a cell';
  expect(told({ error: 0.01 })).toContain(line);
  expect(told().some((fact) => fact.includes('sequential'))).toBe(false);
});
