import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../../../registry/package';
import { ensureBuilt } from '../../support/built';
import { builtIn } from '../../support/experiment';

const peers = join(packageRoot, 'bench', 'peers');

/** Evaluates an expression over the exports of results.mjs, which Jest cannot load. */
function results(expression: string): unknown {
  const program = `import * as r from ${JSON.stringify(pathToFileURL(join(peers, 'results.mjs')).href)};
    process.stdout.write(JSON.stringify(${expression}));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }),
  );
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
