import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRng } from '../../src/core/random';
import { ensureBuilt } from '../support/built';
import { swarm, type SwarmCounts } from './support/swarm';

/**
 * `npm run attack:share -- --workers 8 --seeds 49 --repeats 3`: workers share a folder, half of them are killed every few
 * seconds, and what was measured is compared with an undisturbed run.
 */
const options = {
  workers: { type: 'string', default: '8' },
  seeds: { type: 'string', default: '49' },
  repeats: { type: 'string', default: '3' },
  every: { type: 'string', default: '5' },
} as const;

async function main(): Promise<void> {
  const { workers, seeds, repeats, every } = parseArgs({ options }).values;
  await ensureBuilt();
  const all: SwarmCounts[] = [];
  for (let repeat = 1; repeat <= Number(repeats); repeat++) {
    const folder = mkdtempSync(join(tmpdir(), 'zoo-share-'));
    const counts = await swarm(folder, createRng(repeat), {
      workers: Number(workers),
      seeds: Number(seeds),
      killEvery: 1000 * Number(every),
      kills: Infinity,
    });
    console.log(JSON.stringify(counts));
    all.push(counts);
    rmSync(folder, { recursive: true, force: true });
  }
  const isHarmless = all.every(({ lost, changed, twice, leftBehind }) => lost + changed + twice + leftBehind === 0);
  process.exitCode = isHarmless ? 0 : 1;
}

void main();
