/**
 * `npm run freeze:engines`: writes the training curves that test/engine/revision.test.ts compares to the last bit, for the
 * engines and the processor at hand. Refuses where other curves are frozen for the revision of an engine. CC names another
 * compiler.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const { status } = spawnSync(process.execPath, [jest, 'test/engine/revision.test.ts', '-t', 'is frozen'], {
  stdio: 'inherit',
  env: { ...process.env, ZOO_FREEZE_ENGINES: '1' },
});
process.exitCode = status ?? 1;
