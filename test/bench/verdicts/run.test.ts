import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Protocol } from '../../../src/core/protocol';
import { validated } from '../../../src/core/validation';
import { packageRoot } from '../../../src/core/package';
import { ensureBuilt } from '../../support/built';
import { builtIn } from '../../support/experiment';

const folder = join(packageRoot, 'bench', 'verdicts');

/** Evaluates an expression over the exports of a module that Jest cannot load. */
function evaluated(module: string, expression: string): unknown {
  const program = `import * as m from ${JSON.stringify(pathToFileURL(join(folder, module)).href)};
    process.stdout.write(JSON.stringify(${expression}));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }));
}

/** A run that looked every 100 steps, which took a second each after `start` seconds, and ended a second after training. */
const run = (start: number, steps: number, learntAt: number) => ({
  wall: start + steps / 100 + 1,
  steps,
  looks: Array.from({ length: steps / 100 }, (_, i) => ({
    step: 100 * (i + 1),
    exact: 100 * (i + 1) >= learntAt ? 1 : 0.5,
    seconds: start + i + 1,
  })),
  ranges: {},
});
const runs = { zoo: [run(1, 400, 200)], torch: [run(5, 900, 800)], 'jax, compiled before': [run(2, 400, 200)] };

it('compares contestants at equal steps, with what each takes besides', () => {
  const { steps, stepsToTarget, contestants } = evaluated('figures.mjs', `m.figuresOf(${JSON.stringify(runs)})`) as {
    steps: number;
    stepsToTarget: number;
    contestants: Record<string, Record<string, number>>;
  };
  expect(steps).toBeCloseTo((400 * 900 * 400) ** (1 / 3));
  expect(stepsToTarget).toBeCloseTo((200 * 800 * 200) ** (1 / 3));
  const { zoo, torch } = contestants;
  expect(zoo).toMatchObject({ record: 6, target: 3, secondsUntilFirstStep: 1, millisecondsPerStep: 10 });
  expect(torch).toMatchObject({ record: 15, target: 13, secondsUntilFirstStep: 5, millisecondsPerStep: 10 });
  expect(zoo!.recordAtEqualSteps).toBeCloseTo(2 + steps / 100);
  expect(torch!.recordAtEqualSteps).toBeCloseTo(6 + steps / 100);
  expect(torch!.targetAtEqualSteps).toBeCloseTo(5 + stepsToTarget / 100);
});

it('counts what was compiled before only where that is said', () => {
  const cells = `[{ contestants: m.figuresOf(${JSON.stringify(runs)}).contestants }]`;
  const ratios = evaluated('figures.mjs', `m.ratiosOf(${cells})`) as {
    title: string;
    ratios: ({ name: string; ratio: number } | null)[];
  }[];
  const of = (title: string) => ratios.find((each) => each.title === title)?.ratios[0];
  expect(of('record, warm')).toEqual({ name: 'torch', ratio: 2.5 });
  expect(of('record, warm, equal steps, JAX compiled before')?.name).toBe('jax, compiled before');
  expect(of('record, cold')).toBeNull();
});

it('has only cells that the registry knows, with a protocol that is valid', () => {
  const { cells, protocol } = JSON.parse(readFileSync(join(folder, 'cells.json'), 'utf8')) as {
    cells: { row: string; column: string }[];
    protocol: object;
  };
  const registry = builtIn();
  for (const { row, column } of cells) {
    registry.resolve('architecture', row);
    registry.resolve('task', column);
  }
  expect(validated(Protocol, protocol, { place: 'cells.json' })).toMatchObject(protocol);
});

it('hands over test sequences with what is right, and the model to be built', async () => {
  await ensureBuilt();
  const protocol = `{ trainingLengths: { minimum: 1, maximum: 16 }, evaluation: { sequencesPerLength: 4, lengthsPerRange: 2 } }`;
  const cell = `m.handedOver({ row: 'lstm', column: 'parity', learningRate: 0.005 }, ${protocol})`;
  const given = evaluated('handed-over.mjs', cell) as {
    parameterCount: number;
    tests: { length: number; inputs: number[][]; answers: number[][] }[];
    heldOut: number[][];
    protocol: Protocol;
  };
  expect(given.parameterCount).toBe(25_511);
  expect(given.protocol.optimiser.learningRate).toBe(0.005);
  expect(given.tests.map(({ length }) => length)).toEqual([1, 16, 17, 40, 41, 102]);
  for (const { inputs, answers } of given.tests)
    inputs.forEach((input, i) => expect(answers[i]).toEqual([input.reduce((sum, bit) => sum ^ bit, 0)]));
  expect(given.heldOut.every((input) => input.length <= 16)).toBe(true);
});

it('says what is needed where there is no Python with torch or jax', async () => {
  await ensureBuilt();
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'run.mjs')], {
    encoding: 'utf8',
    env: { ...process.env, ZOO_BENCH_PYTHON: 'no-such-python' },
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/"no-such-python" has neither torch nor jax[^]*pip install torch jax/);
});
