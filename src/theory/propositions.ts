import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { packageRoot } from '../core/package';
import type { Theory } from './proposition';
import type * as Reading from './read';

/** The propositions as the build has checked them, so that whoever asks for one cell need not read and judge them all. */
export const propositionsFile = join(__dirname, 'propositions.json');
export const theoryFolder = join(packageRoot, 'literature', 'theory');
const load = createRequire(__filename); // classes and their validator are slow to load
let known: Theory | undefined;

/** Every proposition there is. @throws invalid-json or invalid-value naming file and place, where nothing is built */
export function theory(): Theory {
  known ??= built() ?? (load('./read') as typeof Reading).readTheory(theoryFolder);
  return known;
}

function built(): Theory | undefined {
  try {
    return JSON.parse(readFileSync(propositionsFile, 'utf8')) as Theory;
  } catch {
    return undefined; // sources, or building
  }
}
