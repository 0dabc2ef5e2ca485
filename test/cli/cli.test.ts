import { commands } from '../../src/cli/commands';
import { zoo } from '../support/cli';

it('explains itself when called with nothing, --help or help', async () => {
  const { stdout, exitCode } = await zoo(['--help']);
  expect(exitCode).toBe(0);
  for (const { name } of commands) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  expect((await zoo([])).stdout).toBe(stdout);
  expect((await zoo(['help'])).stdout).toBe(stdout);
});

/** Their output is a page, or a script. */
const writesFiles = ['report', 'completion'];

it.each(commands.map(({ name }) => name))('%s --help has options and examples', async (name) => {
  const { stdout, exitCode } = await zoo([name, '--help']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(new RegExp(`^Usage: zoo ${name} `));
  if (!writesFiles.includes(name)) expect(stdout).toContain('--json');
  expect(stdout).toMatch(new RegExp(`Examples:\n  zoo `));
  expect((await zoo(['help', name])).stdout).toBe(stdout);
});

it('prints its version', async () => {
  expect((await zoo(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

it.each([
  [['mtrix'], "Unknown command 'mtrix'.\n  Did you mean matrix?"],
  [['solve'], "Missing required argument 'task'."],
  [['sample', 'parity', '--lenght', '3'], "Unknown option '--lenght'.\n  Did you mean --length?"],
  [['list', 'tasks', 'more'], 'Too many arguments'],
])('%j is a usage error', async (commandLine, message) => {
  const { exitCode, stdout, stderr } = await zoo(commandLine);
  expect(stderr).toContain(message);
  expect(stdout).toBe('');
  expect(exitCode).toBe(2);
});

it('writes errors as JSON for scripts', async () => {
  const { stderr, exitCode } = await zoo(['show', 'paritty', '--json']);
  expect(exitCode).toBe(2);
  expect(JSON.parse(stderr)).toEqual({
    error: {
      code: 'unknown-unit',
      what: 'There is no unit called "paritty".',
      nearest: ['parity'],
      remedy: expect.any(String) as string,
    },
  });
});
