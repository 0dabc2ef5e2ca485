import { zoo } from '../../support/cli';

it('prints answer, scored positions and trace', async () => {
  const { stdout, exitCode } = await zoo(['solve', 'parity', '1 0 1 1']);
  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    'input   1 0 1 1\noutput  odd   1\nscored  all 1\ntrace   1 odd 0 odd 1 even 1 odd   1 3 0 3 1 2 1 3\n',
  );
});

it('prints JSON for scripts', async () => {
  const { json } = await zoo(['solve', 'parity', '1 0 1 1', '--json']);
  expect(json()).toEqual({
    input: [1, 0, 1, 1],
    output: [1],
    scored: 1,
    trace: [1, 3, 0, 3, 1, 2, 1, 3],
    symbols: {
      input: ['1', '0', '1', '1'],
      output: ['odd'],
      trace: ['1', 'odd', '0', 'odd', '1', 'even', '1', 'odd'],
    },
  });
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

const idsOf = async (task: string, input: string) =>
  (await zoo(['solve', task, '--json', '--', input])).json<{ input: number[] }>().input;

describe('reads', () => {
  it.each<[string, string, number[]]>([
    ['regex:[1-5]*5', '1 4', [0, 3]],
    ['regex:[1-5]*5', '145', [0, 3, 4]],
    ['dyck-2', '( [ ] )', [0, 2, 3, 1]],
    ['dyck-2', '([]) ()', [0, 2, 3, 1, 0, 1]],
    ['dyck-2', '0 2 3 1', [0, 2, 3, 1]],
    ['dyck-8', '( (5 )5 )', [0, 8, 9, 1]],
    ['stack-manipulation', '0 1 pop push-1', [0, 1, 2, 4]],
    ['stack-manipulation', '01 poppush-0', [0, 1, 2, 3]],
    ['s3', '123 321', [0, 5]],
    ['s3', '0 5', [0, 5]],
    ['s3', '123321', [0, 5]],
    ['z60', '10 2', [10, 2]],
    ['decimal-addition', '12+30', [1, 2, 10, 3, 0]],
    ['decimal-addition', '10 + 5', [1, 0, 10, 5]],
    ['parity', '1,0, 1', [1, 0, 1]],
    ['regex:(a|,)*a', 'a , a,', [1, 0, 1, 0]],
  ])('%s: "%s"', async (task, input, ids) => {
    expect(await idsOf(task, input)).toEqual(ids);
  });

  it.each([
    ['parity', '1 2', 'the input: symbol 2 is "2".\n  Valid are the symbols 0 1.'],
    ['parity', '1 -1', 'symbol 2 is "-1"'],
    ['parity', '1 1.0', 'symbol 2 is "1.0"'],
    ['parity', '1 x', 'symbol 2 is "x"'],
    ['dyck-2', '( 4', 'symbol 2 is "4".\n  Valid are the symbols ( ) [ ], or their ids 0 to 3.'],
    ['regex:[1-5]*5', '0 1', 'symbol 1 is "0".\n  Valid are the symbols 1 2 3 4 5.'],
    ['z60', '1234', 'symbol 1 is "1234", which can be taken apart in several ways: put spaces between symbols.'],
    ['reversal', '', 'the input: an input of length 0 has no answer.'],
    ['majority', '', 'the input: This is not an input of "majority"'],
    ['multiplication', '1 * * 0', 'the input: This is not an input of "multiplication"'],
  ])('%s: not "%s"', async (task, input, message) => {
    const { exitCode, stdout, stderr } = await zoo(['solve', task, '--', input]);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
  });
});

it.each([
  ['dyck-2', 'yes'],
  ['tomita-2', 'yes'],
  ['parity', 'even'],
  ['regex:(ab)+', 'no'],
])('knows the empty word of %s', async (task, answer) => {
  const { stdout, exitCode } = await zoo(['solve', task, '']);
  expect([exitCode, stdout.split('\n').slice(0, 2)]).toEqual([
    0,
    ['input   (empty)', expect.stringMatching(`^output  ${answer}\\b`)],
  ]);
});

describe('a stream', () => {
  const stdin = ['\uFEFF1 1\r\n\r\n1 0\n', '0 0 1\n1 7\n1'];

  it('has an answer on the line of each input, and an empty line where there is none', async () => {
    const { exitCode, stdout, stderr } = await zoo(['solve', 'majority', '-'], { stdin });
    expect(exitCode).toBe(2);
    expect(stdout).toBe('1\n\n\n0\n\n1\n');
    expect(
      [...stderr.matchAll(/error ([a-z-]+)\n {2}standard input, line (\d)/g)].map((match) => match.slice(1)),
    ).toEqual([
      ['malformed-input', '2'],
      ['malformed-input', '3'],
      ['invalid-input', '5'],
    ]);
  });

  it('tells in JSON which line has no answer, and goes on', async () => {
    const { exitCode, stdout, stderr } = await zoo(['solve', 'majority', '-', '--json'], { stdin });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { line?: number; error?: { code: string } });
    expect(exitCode).toBe(2);
    expect(lines).toHaveLength(6);
    expect(lines.map(({ line, error }) => error && [line, error.code])).toEqual([
      undefined,
      [2, 'malformed-input'],
      [3, 'malformed-input'],
      undefined,
      [5, 'invalid-input'],
      undefined,
    ]);
    expect(
      stderr
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { error: { code: string } }).error.code),
    ).toEqual(['malformed-input', 'malformed-input', 'invalid-input']);
  });

  it('has the empty word where the task does', async () => {
    const { exitCode, stdout } = await zoo(['solve', 'dyck-2', '-'], { stdin: ['()\n\n(]\n'] });
    expect([exitCode, stdout]).toEqual([0, 'yes\nyes\nno\n']);
  });
});

it('answers an unknown task with the nearest', async () => {
  const { exitCode, stderr } = await zoo(['solve', 'partiy', '1']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('There is no task called "partiy".\n  Did you mean parity?');
});
