import { zoo } from '../../support/cli';

interface Samples {
  readonly samples: readonly { readonly input: readonly number[]; readonly output: readonly number[] }[];
}
const draw = async (...options: string[]) =>
  (await zoo(['sample', 'parity', ...options, '--json'])).json<Samples>().samples;

it('draws inputs of the asked-for length with their answers', async () => {
  const samples = await draw('--length', '10', '--count', '3', '--seed', '1');
  expect(samples).toHaveLength(3);
  for (const { input, output } of samples) {
    expect(input).toHaveLength(10);
    expect(output).toEqual([input.reduce((sum, bit) => sum + bit, 0) % 2]);
  }
});

it('draws the same for the same seed, and more of the same for a larger count', async () => {
  const three = await draw('--count', '3', '--seed', '7');
  expect(await draw('--count', '3', '--seed', '7')).toEqual(three);
  expect((await draw('--count', '5', '--seed', '7')).slice(0, 3)).toEqual(three);
  expect(await draw('--count', '3', '--seed', '8')).not.toEqual(three);
});

it('shows ids and symbols to people', async () => {
  const { stdout } = await zoo(['sample', 'parity', '--length', '2', '--count', '2']);
  expect(stdout).toMatch(
    /^input {3}[01] [01] {3}[01] [01]\noutput {2}[01] {3}(odd|even)\nscored {2}all 1\ntrace [^]*\n\ninput/,
  );
});

it.each([
  [['--length', '0'], "'0' is invalid. It must be a whole number from 1 to 1000000."],
  [['--length', '-3'], "'-3'"],
  [['--length', '2.5'], "'2.5' is invalid"],
  [['--count', '0'], "'0' is invalid. It must be a whole number from 1."],
  [['--count', 'many'], "'many' is invalid"],
  [['--set', 'base=3'], 'base is not a key here; there is nothing to set'],
])('refuses %j', async (options, message) => {
  const { exitCode, stdout, stderr } = await zoo(['sample', 'parity', ...options]);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
});
