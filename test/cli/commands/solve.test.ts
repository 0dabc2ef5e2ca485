import { zoo } from '../../support/cli';

it('prints answer, scored positions and trace', async () => {
  const { stdout, exitCode } = await zoo(['solve', 'parity', '1 0 1 1']);
  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    'input   1 0 1 1   1 0 1 1\noutput  1   odd\nscored  all 1\ntrace   1 3 0 3 1 2 1 3   1 odd 0 odd 1 even 1 odd\n',
  );
});

it('prints JSON for scripts', async () => {
  const { json } = await zoo(['solve', 'parity', '1 0 1 1', '--json']);
  expect(json()).toEqual({ input: [1, 0, 1, 1], output: [1], scored: 1, trace: [1, 3, 0, 3, 1, 2, 1, 3] });
});

it('answers one line of standard input at a time, without waiting for the end', async () => {
  const answered: number[] = [];
  let told: string | undefined;
  async function* lines() {
    for (let i = 0; i < 5; i++) {
      answered.push(i);
      yield `${i % 2} 1\n`;
    }
    told = 'end';
  }
  const { stdout } = await zoo(['solve', 'parity', '-', '--json'], { stdin: lines() });
  expect(told).toBe('end');
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { output: number[] }).output),
  ).toEqual([[1], [0], [1], [0], [1]]);
});

it('takes inputs of any length', async () => {
  const input = new Array<number>(5000).fill(1);
  const { json } = await zoo(['solve', 'parity', input.join(' '), '--json']);
  expect(json()).toMatchObject({ output: [0], scored: 1 });
});

it('reads back what zoo sample draws', async () => {
  const drawn = (await zoo(['sample', 'brackets', '--length', '9', '--count', '4', '--json'])).json<{
    samples: { input: number[] }[];
  }>();
  const stdin = [drawn.samples.map(({ input }) => `${input.join(' ')}\n`).join('')];
  const { stdout } = await zoo(['solve', 'brackets', '-', '--json'], { stdin });
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(drawn.samples);
});

it.each([
  ['1 2', 'the input: symbol 2 is "2".\n  Valid are ids from 0 to 1: 0 for "0", 1 for "1".'],
  ['1 -1', 'symbol 2 is "-1"'],
  ['1 1.0', 'symbol 2 is "1.0"'],
  ['1 x', 'symbol 2 is "x"'],
  ['', 'an input of length 0 has no answer'],
])('refuses "%s"', async (input, message) => {
  const { exitCode, stdout, stderr } = await zoo(['solve', 'parity', '--', input]);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
});

it('says which line of standard input is wrong, and keeps the answers before it', async () => {
  const { exitCode, stdout, stderr } = await zoo(['solve', 'parity', '-', '--json'], {
    stdin: ['1 1\n1 7\n1\n'],
  });
  expect(exitCode).toBe(2);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(JSON.parse(stderr)).toMatchObject({
    error: { code: 'invalid-input', what: expect.stringContaining('standard input, line 2') as string },
  });
});

it('answers an unknown task with the nearest', async () => {
  const { exitCode, stderr } = await zoo(['solve', 'partiy', '1']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('There is no task called "partiy".\n  Did you mean parity?');
});
