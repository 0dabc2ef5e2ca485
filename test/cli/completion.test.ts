import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtCli, ensureBuilt } from '../support/built';
import { builtIn } from '../support/experiment';
import { workingFolder, zoo } from '../support/cli';

const folder = workingFolder();
const complete = async (...words: string[]) => {
  const { stdout } = await zoo(['complete', '--', ...words], { workingFolder: folder.path });
  return stdout.split('\n').flatMap((line) => line.split('\t')[0] || []);
};

it('completes commands, but none that shells alone call', async () => {
  expect(await complete('mat')).toEqual(['matrix']);
  expect(await complete('')).toContain('leaderboard');
  expect(await complete('')).not.toContain('complete');
  expect((await zoo(['--help'])).stdout).not.toMatch(/^ {2}complete /m);
});

it('completes options and their choices', async () => {
  expect(await complete('matrix', '--sco')).toEqual(['--score']);
  expect(await complete('matrix', '--score', '')).toEqual(expect.arrayContaining(['exact', 'token']));
  expect(await complete('matrix', '--format', 'la')).toEqual(['latex']);
  expect(await complete('run', '--out', '')).toEqual([]); // the shell completes folders
  expect(await complete('nothing-of-the-kind', '')).toEqual([]);
});

it('completes names where they are meant, also behind a comma', async () => {
  expect(await complete('run', 'smo')).toEqual(['smoke']);
  expect(await complete('run', '--rows', 'lst')).toEqual(['lstm']);
  expect(await complete('run', '--rows', 'gru,lst')).toEqual(['gru,lstm']);
  expect(await complete('run', '--columns', 'level:reg')).toEqual(['level:regular']);
  expect(await complete('run', '--workers', '2', '--log', 'ten')).toEqual(['tensorboard']);
  expect(await complete('sample', 'pari')).toEqual(['parity']);
  expect(await complete('theory', 'lstm', 'parit')).toEqual(['parity']);
  const rows = builtIn()
    .architectures()
    .map(({ id }) => id);
  expect(await complete('theory', '')).toEqual(rows);
});

it('completes folders of results', async () => {
  mkdirSync(join(folder.path, 'runs', 'mine'), { recursive: true });
  mkdirSync(join(folder.path, 'runs', 'other'));
  writeFileSync(join(folder.path, 'runs', 'mine', 'manifest.json'), '{}');
  expect(await complete('matrix', 'ru')).toEqual(['runs/mine']);
});

const hasShell = (shell: string) => spawnSync(shell, ['--version']).status === 0;

describe('in a shell', () => {
  beforeAll(ensureBuilt);
  const path = () => `${folder.path}:${process.env.PATH ?? ''}`;
  beforeEach(() =>
    writeFileSync(join(folder.path, 'zoo'), `#!/bin/sh\nexec ${process.execPath} ${builtCli} "$@"\n`, { mode: 0o755 }),
  );

  (hasShell('bash') ? it : it.skip)('bash asks with the words before the cursor', () => {
    const script = `eval "$(zoo completion bash)"; COMP_WORDS=(zoo theory lst); COMP_CWORD=2; _zoo; echo "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script], {
      encoding: 'utf8',
      env: { ...process.env, PATH: path() },
    });
    expect([stdout.trim(), stderr]).toEqual(['lstm', '']);
  });

  (hasShell('fish') ? it : it.skip)('fish asks with the words before the cursor', () => {
    const script = 'zoo completion fish | source; complete -C "zoo theory lst"';
    const { stdout } = spawnSync('fish', ['-c', script], { encoding: 'utf8', env: { ...process.env, PATH: path() } });
    expect(stdout.trim()).toBe('lstm\tLSTM');
  });

  (hasShell('zsh') ? it : it.skip)('zsh takes the script', () => {
    const script = 'autoload -U compinit; compinit -D; eval "$(zoo completion zsh)"; whence -w _zoo';
    const { stdout } = spawnSync('zsh', ['-c', script], { encoding: 'utf8', env: { ...process.env, PATH: path() } });
    expect(stdout.trim()).toBe('_zoo: function');
  });
});
