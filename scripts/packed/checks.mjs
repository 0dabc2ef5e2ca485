import { spawn, spawnSync } from 'node:child_process';

/** What held so far, and what did not. */
export const counts = { passed: 0, failed: 0 };

/** Settings of the repository (.npmrc, allowed scripts), which npm hands to its scripts, are not those of who installs the package. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

const resultOf = ({ status, stdout, stderr, error }) => ({
  status,
  stdout: stdout ?? '',
  stderr: stderr ?? '',
  text: `${stdout}${stderr}${error ?? ''}`,
});

export function run(folder, command, ...words) {
  return resultOf(spawnSync(command, words, { cwd: folder, encoding: 'utf8', env: environment, maxBuffer: 2 ** 26 }));
}

/** The same, while others run. */
export function start(folder, command, ...words) {
  const child = spawn(command, words, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) child[stream].on('data', (chunk) => (printed[stream] += chunk));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(resultOf({ ...printed, status: null, error })));
    child.once('close', (status) => resolve(resultOf({ ...printed, status })));
  });
}

export function check(name, holds, text = '') {
  counts[holds ? 'passed' : 'failed'] += 1;
  console.log(`  ${holds ? 'passed' : 'FAILED'}  ${name}`);
  if (!holds) console.log(text.trim().replace(/^/gm, '          '));
  return holds;
}
