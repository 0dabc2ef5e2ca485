import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../../src/core/package';
import type { Answered } from '../../../src/cli/answered';
import { zoo } from '../../support/cli';
import { elementsOf } from '../../support/xml';

const shipped = join(packageRoot, 'results/quick');
const answer = (...words: string[]) => zoo(['answer', ...words, '--in', shipped], { workingFolder: tmpdir() });

it('puts the answer of a trained cell beside the right one', async () => {
  const { stdout, exitCode } = await answer('lstm x parity', '1 0 1 1');
  expect([exitCode, stdout]).toEqual([0, 'input   1 0 1 1\nanswer  odd   right\nright   odd\n']);
});

it('says what is wrong: a stack of bits that was trained up to length 40 does not reverse everything', async () => {
  const input = Array.from({ length: 200 }, (_, i) => (i % 3 ? '1' : '0'));
  const { json } = await answer('904213ab8de7', input.join(' '), '--json');
  const { answer: given, right, isRight, cell } = json<Answered & Record<string, unknown>>();
  expect(cell).toMatchObject({ row: 'stack-rnn', column: 'reversal', seed: 1 });
  expect(right).toEqual([...input].reverse());
  expect(isRight).toBe(given.join() === right.join());
});

it('answers lines of standard input, and tells which of them is none', async () => {
  const { stdout, stderr, exitCode } = await zoo(['answer', 'stack-rnn x reversal', '-', '--in', shipped], {
    stdin: ['0 1 1\n', '1 x\n', '0\n'],
  });
  expect([exitCode, stdout]).toEqual([2, '1 1 0\n\n0\n']);
  expect(stderr).toContain('standard input, line 2: symbol 2 is "x"');
});

it('shows the state behind every token, as numbers, as text and as a picture', async () => {
  const { json } = await answer('lstm x parity', '10', '--states', '--json');
  const tokens = json<Answered & Record<string, unknown>>().tokens!;
  expect(tokens.map(({ token }) => token)).toEqual(['1', '0', '<equals>', '<slot>']);
  expect(tokens.at(-1)).toMatchObject({ predicted: 'odd', probability: expect.any(Number) });
  expect(tokens.every(({ states }) => states!['0.hidden']!.length === 64)).toBe(true);
  const { stdout } = await answer('lstm x parity', '10', '--states');
  expect(stdout).toMatch(/State 0\.hidden \(-?\d.* to \d.*\)\n1 {8}\S/);
  const elements = elementsOf((await answer('lstm x parity', '10', '--states', '--format', 'svg')).stdout);
  expect(elements.filter((name) => name === 'rect').length).toBeGreaterThan(2 * 4 * 64); // both parts of the state
});

it.each([
  [['lstm x parity', '1', '--attention'], 'no-such-form', '"lstm" has no attention to look at'],
  [['lstm x parity', '1', '--format', 'svg'], 'usage', '--states or --attention'],
  [['lstm x parity', ''], 'invalid-input', 'answers nothing to an input of length 0'],
  [['lstm x party', '1'], 'unknown-job', 'Did you mean "x parity"?'],
  [['lstm', '1'], 'unknown-job', '"lstm" is 5 cells'],
  [['transformer x parity', '1'], 'no-weights', 'it was measured without --keep weights'],
  [['uniform x parity', '1'], 'no-weights', 'nothing is trained in this row'],
  [['lstm x parity', '1', '--seed', '9'], 'unknown-job', 'seed 9'],
])('zoo answer %j: %s', async (words, code, text) => {
  const { stderr, exitCode } = await answer(...words);
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain(code);
  expect(stderr).toContain(text);
});
