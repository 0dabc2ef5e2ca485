import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Architecture } from '../../../src/core/contracts/architecture';
import { packageRoot } from '../../../src/core/package';
import { ParameterLayout } from '../../../src/model/parameters';
import { ensureBuilt } from '../../support/built';
import { fastest } from '../../support/compiler';
import { builtIn } from '../../support/experiment';

const peers = join(packageRoot, 'bench', 'peers');

/** Evaluates an expression over the exports of results.mjs, which Jest cannot load. */
function results(expression: string): unknown {
  const program = `import * as r from ${JSON.stringify(pathToFileURL(join(peers, 'results.mjs')).href)};
    process.stdout.write(JSON.stringify(${expression}));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }));
}

it('takes ratios within rounds, so that a machine that slows down changes none', () => {
  const rounds = '[{ zoo: [10, 11, 12], torch: [22], jax: [33] }, { zoo: [100], torch: [200], jax: [250] }]';
  expect(results(`r.figures(${rounds})`)).toEqual({
    zoo: { milliseconds: 11.5, ratio: 1 },
    torch: { milliseconds: 111, ratio: 2 },
    jax: { milliseconds: 141.5, ratio: 2.75 },
  });
  expect(results(`r.bestPeer(r.figures(${rounds}))`)).toEqual({ name: 'torch', ratio: 2 });
});

it('leaves contestants that failed out of the comparison, and the zoo itself', () => {
  expect(results(`r.bestPeer({ zoo: { ratio: 1 }, torch: { error: 'x' }, jax: { ratio: 3 } })`)).toEqual({
    name: 'jax',
    ratio: 3,
  });
  expect(results(`r.bestPeer({ zoo: { ratio: 1 } }) ?? null`)).toBeNull();
  expect(results('r.geometricMean([1, 4])')).toBeCloseTo(2);
});

it('has only rows that the registry knows, with hyperparameters that are valid', () => {
  const { rows: trained, decoding } = JSON.parse(readFileSync(join(peers, 'rows.json'), 'utf8'));
  const rows = [...trained, ...decoding.rows];
  const registry = builtIn();
  for (const { name, architecture, hyperparameters } of rows) {
    const unit = registry.resolve('architecture', architecture);
    expect(registry.hyperparameters(unit, hyperparameters, { place: name })).toMatchObject(hyperparameters);
  }
});

it('says what is needed where there is no Python with torch or jax', async () => {
  await ensureBuilt();
  const { status, stderr } = spawnSync(process.execPath, [join(peers, 'run.mjs')], {
    encoding: 'utf8',
    env: { ...process.env, ZOO_BENCH_PYTHON: 'no-such-python' },
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/"no-such-python" has neither torch nor jax[^]*pip install torch jax/);
});

it('refuses an engine that there is none of', async () => {
  await ensureBuilt();
  const { status, stderr } = spawnSync(process.execPath, [join(peers, 'run.mjs'), '--engine', 'abacus'], {
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(/--engine abacus: there are auto, native, onnx,/);
});

describe('the zoo as a contestant', () => {
  const row = {
    architecture: 'lstm',
    hyperparameters: { hiddenSize: 4, embeddingWidth: 4 },
    batch: 2,
    tokens: 3,
    vocabulary: 5,
  };
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-peers-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    [
      'auto',
      new RegExp(
        `^chomsky-zoo \\d+\\.\\d+\\.\\d+, engine ${fastest}: .*1 thread${fastest === 'native' ? ', (AVX|SSE|NEON|scalar)[-\\w. ]*' : ''}$`,
      ),
    ],
    ['onnx', /^chomsky-zoo \d+\.\d+\.\d+, engine onnx: onnxruntime-node .*1 thread$/],
  ])('on --engine %s says what computes, and trains', async (engine, version) => {
    await ensureBuilt();
    const unit = builtIn().resolve('architecture', row.architecture);
    const hyperparameters = builtIn().hyperparameters(unit, row.hyperparameters, { place: 'test' });
    const model = (new unit.unitClass() as Architecture).build(hyperparameters, row.vocabulary);
    writeFileSync(join(folder, 'row.json'), JSON.stringify(row));
    writeFileSync(join(folder, 'weights.f32'), new Float32Array(new ParameterLayout(model.parameters).count));
    for (const file of ['tokens.i32', 'targets.i32'])
      writeFileSync(join(folder, file), new Int32Array(row.batch * row.tokens));
    const { stdout } = spawnSync(
      process.execPath,
      [join(peers, 'zoo-contestant.mjs'), folder, JSON.stringify({ threads: 1, engine })],
      {
        encoding: 'utf8',
        input: '{"steps":2}\n',
      },
    );
    const [first, turn] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toMatchObject({
      version: expect.stringMatching(version),
      first: expect.arrayContaining([expect.closeTo(Math.log(5), 5)]),
    });
    expect(turn!.milliseconds).toHaveLength(2);
  });
});
