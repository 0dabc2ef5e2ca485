import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Registry } from '../../../registry/registry';
import { scoredAnswer } from '../../../src/core/scored-answer';
import { partOf } from '../../../src/core/part-of-input';
import { parts, type Task } from '../../../src/core/contracts/task';
import { createDatasetTask, Dataset } from '../../../tasks/dataset';
import { workingFolder, zoo } from '../../support/cli';
import { createTask, taskUnits } from '../../support/tasks/discover';

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

it('shows symbols and ids to people', async () => {
  const { stdout } = await zoo(['sample', 'parity', '--length', '2', '--count', '2']);
  expect(stdout).toMatch(/^input {3}[01] [01]\noutput {2}(odd|even) {3}[01]\nscored {2}all 1\ntrace [^]*\n\ninput/);
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

const folder = workingFolder();
const toFile = (...words: string[]) => zoo(['sample', ...words], { workingFolder: folder.path });
const read = (file: string) => readFileSync(join(folder.path, file), 'utf8');
const opened = (file: string): Task => {
  const registry = new Registry(undefined, folder.path);
  registry.register([Dataset, createDatasetTask], { origin: 'test' });
  return registry.createTask(`dataset:${file}`);
};
const inputsOf = (task: Task) =>
  parts.flatMap((part) => task.collection!.lengths(part).flatMap((length) => task.collection!.inputs(part, length)));
const names = (ids: readonly number[], alphabet: readonly string[]) => ids.map((id) => alphabet[id]!);

describe('a file', () => {
  it('has as many examples as asked for, spread evenly over the lengths', async () => {
    const { stdout, exitCode } = await toFile('parity', '--lengths', '1-40', '--count', '1000', '--out', 'x.jsonl');
    expect([exitCode, stdout]).toEqual([
      0,
      '1,000 examples of 40 lengths are in x.jsonl; dataset:x.jsonl reads them.\n',
    ]);
    const rows = read('x.jsonl')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { input: string; output: string });
    const lengths = rows.map(({ input }) => input.split(' ').length);
    for (let length = 1; length <= 40; length++) expect(lengths.filter((each) => each === length)).toHaveLength(25);
    for (const { input, output } of rows) expect(output).toBe(input.split('1').length % 2 ? 'even' : 'odd');
  });

  it('is the same for the same seed only, in every format', async () => {
    for (const format of ['jsonl', 'csv', 'tsv']) {
      const draw = async (seed: string) =>
        (await zoo(['sample', 'dyck-2', '--lengths', '2-9', '--count', '20', '--format', format, '--seed', seed]))
          .stdout;
      const once = await draw('3');
      expect(await draw('3')).toBe(once);
      expect(await draw('4')).not.toBe(once);
      expect(once.trim().split('\n')).toHaveLength(format === 'jsonl' ? 20 : 21);
    }
  });

  it('has the lengths that the task has, and says so', async () => {
    const { stderr, stdout } = await toFile('dyck-2', '--lengths', '3-7,10', '--count', '6', '--format', 'csv');
    expect(stderr).toBe('dyck-2 has inputs of 3 of these lengths, from 4 to 10.\n');
    const lengths = stdout
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[0]!.split(' ').length);
    expect(lengths).toEqual([4, 4, 6, 6, 10, 10]);
  });

  it.each(['jsonl', 'csv', 'tsv'])('says the part of each example with --split in %s', async (format) => {
    await toFile('parity', '--lengths', '5-12', '--count', '400', '--split', '--out', `x.${format}`);
    const task = opened(`x.${format}`);
    expect(task.notes!()[0]).not.toContain('split off');
    for (const part of parts) {
      const inputs = task.collection!.lengths(part).flatMap((length) => task.collection!.inputs(part, length));
      expect(inputs.length).toBeGreaterThan(0);
      expect(inputs.filter((input) => partOf(input) !== part)).toEqual([]);
    }
  });

  it('is strings and labels, with --split in the folders of FLaRe', async () => {
    await toFile('parity', '--lengths', '5', '--count', '3', '--out', 'a/main.tok');
    await toFile('parity', '--lengths', '5', '--count', '3', '--out', 'a/own.tok');
    expect(read('a/main.tok')).toMatch(/^([01]( [01]){4}\n){3}$/);
    expect(read('a/labels.txt')).toMatch(/^((odd|even)\n){3}$/);
    expect(read('a/own.labels.txt')).toMatch(/^((odd|even)\n){3}$/);
    await toFile('parity', '--lengths', '8-12', '--count', '300', '--split', '--format', 'tok', '--out', 'b');
    for (const file of ['main.tok', 'labels.txt', 'datasets/validation/main.tok', 'datasets/test/labels.txt'])
      expect(existsSync(join(folder.path, 'b', file))).toBe(true);
    const tests = opened('b').collection!;
    expect(
      tests
        .lengths('test')
        .flatMap((length) => tests.inputs('test', length))
        .filter((input) => partOf(input) !== 'test'),
    ).toEqual([]);
  });

  it.each([
    [['--lengths', '4-2'], 'It must be lengths from 1 to 1000000, such as 1-40 or 5,10,20-30.'],
    [['--lengths', '0-2'], 'It must be lengths from 1'],
    [['--lengths', 'short'], 'It must be lengths from 1'],
    [['--format', 'xml'], 'Allowed choices are jsonl, csv, tsv, tok'],
    [['--format', 'tok'], '--format tok makes two files: name the first with --out.'],
    [['--out', 'x.txt'], 'The ending ".txt" says no format: name one of jsonl, csv, tsv, tok with --format.'],
    [['--format', 'csv', '--json'], '--json prints samples with their ids'],
    [['--lengths', '1-1000', '--count', '1000000'], '1,000,000 inputs would be up to 500,500,000 tokens long'],
  ])('refuses %j', async (options, message) => {
    const { exitCode, stdout, stderr } = await toFile('parity', ...options);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('is not written where it cannot be', async () => {
    folder.write('x', 'a file');
    const { exitCode, stderr } = await toFile('parity', '--out', 'x/y.jsonl');
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('y.jsonl cannot be written')]);
  });
});

const ids = taskUnits.map(({ meta }) => meta.id).filter((id) => id !== 'dataset');

it.each(ids)('dataset reads back what is drawn of %s', async (id) => {
  const task = createTask(id);
  const idOf = new Map(task.alphabets.input.map((symbol, at) => [symbol, at]));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('jsonl', 'csv', 'tsv', 'tok'),
      fc.integer({ min: 1, max: 99 }),
      async (format, seed) => {
        const file = `x${seed}.${format}`;
        const { exitCode } = await toFile(
          id,
          '--lengths',
          '4-24',
          '--count',
          '400',
          '--seed',
          `${seed}`,
          '--out',
          file,
        );
        expect(exitCode).toBe(0);
        const data = opened(file);
        const inputs = inputsOf(data);
        // Nothing has two answers: what is drawn, and nothing else, is in one of the parts.
        expect(inputs.length).toBeGreaterThan(30);
        expect(data.notes!().join()).not.toContain('two answers');
        for (const input of inputs) {
          const symbols = names(input, data.alphabets.input);
          const right = names(
            scoredAnswer(
              task,
              symbols.map((symbol) => idOf.get(symbol)!),
            ),
            task.alphabets.output,
          );
          const answer = names(data.solve(input), data.alphabets.output);
          const ended = answer.length > right.length ? answer.slice(0, -1) : answer;
          if (ended.join(' ') !== right.join(' '))
            throw new Error(`${symbols.join(' ')}: ${answer.join(' ')}, not ${right.join(' ')}`);
        }
        expect(data.alphabets.input.filter((symbol) => !task.alphabets.input.includes(symbol))).toEqual([]);
      },
    ),
    { numRuns: 2, seed: 1 },
  );
});

/** In the form of FLaRe, labelled by somebody else's definition. */
it.each<[string, string, (word: readonly string[]) => boolean]>([
  ['parity', 'odd', (word) => word.filter((bit) => bit === '1').length % 2 === 1],
  ['even-pairs', 'even', (word) => word.at(0) === word.at(-1)],
  [
    'dyck-2',
    'yes',
    (word) => {
      let rest = word.join('');
      while (/\(\)|\[\]/.test(rest)) rest = rest.replace(/\(\)|\[\]/g, '');
      return rest === '';
    },
  ],
])('public strings of %s are answered as their labels say', async (id, positive, isMember) => {
  await toFile(id, '--lengths', '1-30', '--count', '300', '--out', 'drawn/main.tok');
  const strings = read('drawn/main.tok').trimEnd().split('\n');
  folder.write('main.tok', `${strings.join('\n')}\n`);
  folder.write('labels.txt', strings.map((text) => `${Number(isMember(text.split(' ')))}\n`).join(''));
  const data = opened('main.tok');
  expect(data.alphabets.output).toEqual(['0', '1']);
  const { stdout } = await zoo(['solve', id, '-'], { stdin: [`${strings.join('\n')}\n`] });
  const { stdout: read1 } = await zoo(['solve', 'dataset:main.tok', '-'], {
    stdin: [`${strings.join('\n')}\n`],
    workingFolder: folder.path,
  });
  const ours = stdout
    .trimEnd()
    .split('\n')
    .map((answer) => Number(answer === positive));
  expect(read1.trimEnd().split('\n').map(Number)).toEqual(ours);
});
