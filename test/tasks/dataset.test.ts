import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { Registry } from '../../registry/registry';
import { parts, type Part, type Task } from '../../src/core/contracts/task';
import { partOf } from '../../src/core/part-of-input';
import { createRng } from '../../src/core/random';
import { createDatasetTask, Dataset } from '../../tasks/dataset';

let folder = '';
let registry: Registry;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zoo-dataset-'));
  registry = new Registry(undefined, folder);
  registry.register([Dataset, createDatasetTask], { origin: 'test' });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, content: string): string {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), content);
  return file;
}
const open = (file: string, columns: object = {}): Task => registry.createTask(`dataset:${file}`, columns);
const digestOf = (file: string) => registry.resolve('task', `dataset:${file}`).stands!.hyperparameters.digest;

/** Everything that a data set has, by part: inputs with their answers in symbols. */
const contentOf = (task: Task) =>
  Object.fromEntries(
    parts.map((part) => [
      part,
      task
        .collection!.lengths(part)
        .flatMap((length) => [...task.collection!.inputs(part, length)])
        .map((input) => `${read(input, task.alphabets.input)} -> ${read(task.solve(input), task.alphabets.output)}`),
    ]),
  ) as Record<Part, string[]>;
const read = (ids: readonly number[], alphabet: readonly string[]) => ids.map((id) => alphabet[id]).join(' ');

/** Enough words for each part to have some. */
const words = Array.from({ length: 63 }, (_, at) => [...(at + 64).toString(2).slice(1)]);
const isOdd = (word: readonly string[]) => (word.filter((bit) => bit === '1').length % 2 ? 'odd' : 'even');
const examples = words.map((word) => ({ input: word.join(' '), output: isOdd(word) }));
const jsonLines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const table = (separator: string) =>
  ['input,output', ...examples.map(({ input, output }) => `${input},${output}`)].join('\n').replaceAll(',', separator);

describe('formats', () => {
  const tokens = examples.map(({ input }) => `${input}\n`).join('');
  const labels = examples.map(({ output }) => `${output}\n`).join('');

  it.each<[string, Record<string, string>]>([
    ['x.ndjson', { 'x.ndjson': jsonLines(examples) }],
    ['x.json', { 'x.json': JSON.stringify(examples) }],
    ['x.csv', { 'x.csv': table(',') }],
    ['semicolons.csv', { 'semicolons.csv': table(';') }],
    ['x.tsv', { 'x.tsv': table('\t') }],
    ['x.tok', { 'x.tok': tokens, 'x.labels.txt': labels }],
    ['y.tok', { 'y.tok': tokens, 'labels.txt': labels }],
    ['main.tok', { 'main.tok': tokens, 'labels.txt': labels }],
    ['marked.jsonl', { 'marked.jsonl': `\uFEFF${jsonLines(examples).replaceAll('\n', '\r\n\r\n')}` }],
    ['marked.csv', { 'marked.csv': `\uFEFF${table(',').replaceAll('\n', '\r\n')}\r\n\r\n` }],
    [
      'lists.jsonl',
      { 'lists.jsonl': jsonLines(words.map((word) => ({ input: word.map(Number), output: [isOdd(word)] }))) },
    ],
    ['glued.jsonl', { 'glued.jsonl': jsonLines(words.map((word) => ({ x: word.join(''), y: isOdd(word) }))) }],
    [
      'other.jsonl',
      { 'other.jsonl': jsonLines(examples.map(({ input, output }) => ({ label: output, id: 7, text: input }))) },
    ],
  ])('reads %s like JSON lines', (file, files) => {
    const expected = open(write('x.jsonl', jsonLines(examples)));
    for (const [name, content] of Object.entries(files)) write(name, content);
    const task = open(file);
    expect(task.alphabets).toEqual({ input: ['0', '1'], output: ['even', 'odd'] });
    expect(contentOf(task)).toEqual(contentOf(expected));
    expect(task.notes!()).toEqual(expected.notes!());
  });

  it('takes the columns that are named', () => {
    write('x.csv', table(',').replace('input,output', 'left,right'));
    expect(() => open('x.csv')).toThrow(
      'x.csv, line 1: none of the keys "left", "right" is known to hold the inputs.\nCall it one of input, text, x',
    );
    expect(() => open('x.csv', { input: 'lft', output: 'right' })).toThrow('there is no key "lft" for the inputs');
    const named = open('x.csv', { input: 'left', output: 'right' });
    expect(contentOf(named)).toEqual(contentOf(open(write('x.jsonl', jsonLines(examples)))));
  });

  it('keeps symbols with separators and quotes apart', () => {
    const lines = words.map((word) => `"${word.map((bit) => (bit === '0' ? ',' : '""')).join(' ')}",${isOdd(word)}`);
    expect(open(write('x.csv', ['input,output', ...lines].join('\n'))).alphabets.input).toEqual(['"', ',']);
  });
});

describe('symbols', () => {
  const symbolsOf = (rows: readonly [unknown, unknown][]) => {
    const many = [...rows, ...words.map((word) => [word.map((bit) => `w${bit}`), rows[0]![1]] as const)];
    const { alphabets } = open(write('x.jsonl', jsonLines(many.map(([input, output]) => ({ input, output })))));
    return { input: alphabets.input.filter((symbol) => !symbol.startsWith('w')), output: alphabets.output };
  };
  it.each<[string, [unknown, unknown][], string[], string[]]>([
    [
      'separated by spaces in any input',
      [
        ['push pop', 'yes'],
        ['push', 'no'],
      ],
      ['pop', 'push'],
      ['no', 'yes'],
    ],
    [
      'characters where no input has a space',
      [
        ['abc', 'yes'],
        ['b', 'no'],
      ],
      ['a', 'b', 'c'],
      ['no', 'yes'],
    ],
    [
      'code points',
      [
        ['🦓a', 'yes'],
        ['a', 'no'],
      ],
      ['a', '🦓'],
      ['no', 'yes'],
    ],
    [
      'strings as answers, by character like inputs',
      [
        ['abc', 'cba'],
        ['ca', 'ac'],
      ],
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ],
    [
      'strings as answers, with spaces',
      [
        ['a b', 'b a'],
        ['a a', 'a a'],
      ],
      ['a', 'b'],
      ['a', 'b'],
    ],
    [
      'numbers and truth values',
      [
        ['ab', 12],
        ['ba', true],
      ],
      ['a', 'b'],
      ['12', 'true'],
    ],
    ['in the order of code units', [['b a 10 9', 'x']], ['10', '9', 'a', 'b'], ['x']],
  ])('are %s', (_, rows, input, output) => {
    expect(symbolsOf(rows)).toEqual({ input, output });
  });

  it('end answers whose length the input does not tell', () => {
    const rows = words.map((word) => ({ input: word.join(' '), output: word.filter((bit) => bit === '1').join(' ') }));
    const task = open(write('x.jsonl', jsonLines(rows)));
    const id = (symbol: string) => task.alphabets.output.indexOf(symbol);
    expect(task.alphabets.output).toEqual(['1', 'end']);
    expect(task.solve([0, 1, 1, 0, 0, 0])).toEqual(['1', '1', 'end'].map(id));
    expect(task.solve([0, 0, 0, 0, 0, 0])).toEqual([id('end')]);
    expect(task.answerLength(6)).toBe(6);
  });

  it('end answers by what they end with themselves', () => {
    const rows = words.map((word) => ({ input: word.join(' '), output: [...word.filter((bit) => bit === '1'), '.'] }));
    expect(open(write('x.jsonl', jsonLines(rows))).alphabets.output).toEqual(['.', '1']);
  });
});

describe('parts', () => {
  it('are split off by a hash of the input', () => {
    const task = open(write('x.jsonl', jsonLines(examples)));
    for (const part of parts) {
      const inputs = task.collection!.lengths(part).flatMap((length) => task.collection!.inputs(part, length));
      expect(inputs.length).toBeGreaterThan(0);
      expect(inputs.filter((input) => partOf(input) !== part)).toEqual([]);
    }
    expect(task.notes!()[0]).toMatch(/; validation and test split off by a hash of each input, 1 and 2 of 16\.$/);
  });

  const parted = { train: examples.slice(0, 40), valid: examples.slice(40, 50), test: examples.slice(50) };
  const line = ({ input, output }: { input: string; output: string }) => `${input} -> ${output}`;
  const expected = {
    training: parted.train.map(line),
    validation: parted.valid.map(line),
    test: parted.test.map(line),
  };

  it.each<[string, Record<string, string>]>([
    [
      'a folder',
      {
        'd/train.jsonl': jsonLines(parted.train),
        'd/dev.jsonl': jsonLines(parted.valid),
        'd/test.jsonl': jsonLines(parted.test),
      },
    ],
    [
      'a folder with other files, and several of one part',
      {
        'd/training.json': JSON.stringify(parted.train),
        'd/validation-short.jsonl': jsonLines(parted.valid.slice(0, 3)),
        'd/validation-long.jsonl': jsonLines(parted.valid.slice(3)),
        'd/test_1.jsonl': jsonLines(parted.test),
        'd/notes.txt': 'none',
        'd/vocabulary.json': '{}',
      },
    ],
    [
      'the form of FLaRe',
      Object.fromEntries(
        Object.entries({
          '': parted.train,
          'datasets/validation-short/': parted.valid,
          'datasets/test/': parted.test,
        }).flatMap(([place, rows]) => [
          [`d/${place}main.tok`, rows.map(({ input }) => `${input}\n`).join('')],
          [`d/${place}labels.txt`, rows.map(({ output }) => `${output}\n`).join('')],
          [`d/${place}next-symbols.jsonl`, '[{"s":"0 1","e":false}]\n'],
        ]),
      ),
    ],
  ])('are those of %s', (_, files) => {
    for (const [file, content] of Object.entries(files)) write(file, content);
    const content = contentOf(open('d'));
    for (const part of parts) expect(content[part].sort()).toEqual([...expected[part]].sort());
  });

  it('are those that a key names', () => {
    const rows = Object.entries(parted).flatMap(([split, own]) => own.map((row) => ({ ...row, split })));
    const content = contentOf(open(write('x.jsonl', jsonLines(rows))));
    for (const part of parts) expect(content[part].sort()).toEqual([...expected[part]].sort());
  });

  it('that are missing are split off what is trained on', () => {
    write('d/train.jsonl', jsonLines(parted.train));
    write('d/test.jsonl', jsonLines(parted.test));
    const task = open('d');
    expect(contentOf(task).test.sort()).toEqual([...expected.test].sort());
    const validation = task
      .collection!.lengths('validation')
      .flatMap((length) => task.collection!.inputs('validation', length));
    expect(validation.map(partOf)).toEqual(validation.map(() => 'validation'));
    expect(task.notes!()[0]).toContain('; validation split off by a hash');
  });

  it('share no input, and say how many did', () => {
    write('d/train.jsonl', jsonLines([...parted.train, parted.train[0]!, parted.test[0]!]));
    write('d/valid.jsonl', jsonLines([...parted.valid, parted.train[1]!, parted.train[2]!, parted.test[1]!]));
    write('d/test.jsonl', jsonLines([...parted.test, parted.test[1]!]));
    const task = open('d');
    const content = contentOf(task);
    expect(content.training.sort()).toEqual([...expected.training, expected.training[0]!, expected.test[0]!].sort());
    expect(content.validation.sort()).toEqual([...expected.validation].sort());
    expect(content.test.sort()).toEqual(expected.test.slice(1).sort());
    expect(task.notes!()).toEqual([
      '42 examples to train on, 10 for validation, 12 to test.',
      '2 examples repeat an earlier one: drawn as often in training (1), once elsewhere (1).',
      '1 input of test is in training too: left out of test.',
      '2 inputs of validation are in training too: left out of validation.',
      '1 input of validation is in test too: left out of validation.',
    ]);
  });

  it('leave out what has two answers, and the empty input', () => {
    const rows = [...examples, { input: words[5]!.join(' '), output: 'neither' }, { input: '', output: 'even' }];
    const task = open(write('x.jsonl', jsonLines(rows)));
    const inputs = words.map((word) => word.map(Number));
    expect(() => task.solve(inputs[5]!)).toThrow('it is not in the files, or they give it two answers');
    expect(Object.values(contentOf(task)).flat()).toHaveLength(words.length - 1);
    expect(read(task.solve([]), task.alphabets.output)).toBe('even');
    expect(task.notes!().slice(1)).toEqual([
      '1 input has two answers and is left out, such as "0 0 0 1 0 1" (x.jsonl, line 6 and x.jsonl, line 64).',
      'The empty input is neither trained on nor tested: lengths begin at 1.',
    ]);
  });
});

it('answers every example of any data, each in one part', () => {
  const symbol = fc.stringMatching(/^[a-c(),"<>é]{1,3}$/);
  const strings = fc.uniqueArray(fc.array(symbol, { minLength: 1, maxLength: 12 }), {
    minLength: 200,
    maxLength: 240,
    selector: (string) => string.join(' '),
  });
  fc.assert(
    fc.property(strings, fc.constantFrom('jsonl', 'csv', 'tsv', 'tok'), (inputs, format) => {
      const rows = inputs.map((input) => ({ input: input.join(' '), output: String(input.length % 3) }));
      const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
      const separator = format === 'csv' ? ',' : '\t';
      const content = {
        jsonl: jsonLines(rows),
        csv: ['input,output', ...rows.map(({ input, output }) => [quote(input), output].join(separator))].join('\n'),
        tsv: ['input\toutput', ...rows.map(({ input, output }) => [quote(input), output].join(separator))].join('\n'),
        tok: rows.map(({ input }) => `${input}\n`).join(''),
      }[format]!;
      write('p.labels.txt', rows.map(({ output }) => `${output}\n`).join(''));
      const task = open(write(`p.${format}`, content));
      const found = Object.values(contentOf(task)).flat();
      expect(found.sort()).toEqual(rows.map(({ input, output }) => `${input} -> ${output}`).sort());
      expect(task.alphabets.input).toEqual([...new Set(inputs.flat())].sort());
    }),
    { seed: 1, numRuns: 40 },
  );
});

describe('lengths', () => {
  it('are those of the files', () => {
    const rows = [3, 5, 9].flatMap((length) =>
      Array.from({ length: 40 }, (_, at) => ({
        input: [...Array<string>(length - 1).fill('a'), `${at}`].join(' '),
        output: at % 2,
      })),
    );
    const task = open(write('x.jsonl', jsonLines(rows)));
    expect([1, 3, 4, 5, 8, 9, 100].map((length) => task.inputLength!(length))).toEqual([3, 3, 3, 5, 5, 9, 9]);
    expect(task.sample(createRng(1), 5)).toHaveLength(5);
    expect(() => task.sample(createRng(1), 4)).toThrow('There is no input of 4 symbols in the data of "dataset"');
    const trained = new Set(task.collection!.inputs('training', 9).map(String));
    const rng = createRng(2);
    for (let draw = 0; draw < 200; draw++) expect(trained.has(String(task.sample(rng, 9)))).toBe(true);
  });
});

describe('the digest', () => {
  it('is that of the content, wherever it lies and whatever it is called', () => {
    write('a/x.jsonl', jsonLines(examples));
    write('b/y.jsonl', jsonLines(examples));
    expect(digestOf('a/x.jsonl')).toBe(digestOf('b/y.jsonl'));
    write('b/y.jsonl', jsonLines(examples.slice(1)));
    expect(digestOf('a/x.jsonl')).not.toBe(digestOf('b/y.jsonl'));
  });
  it('is that of every file, with its part', () => {
    const at = (name: string, test: string) => {
      write(`${name}/train.jsonl`, jsonLines(examples.slice(0, 40)));
      write(`${name}/${test}.jsonl`, jsonLines(examples.slice(40)));
      return digestOf(name);
    };
    expect(at('a', 'test')).toBe(at('b', 'test'));
    expect(at('a', 'test')).not.toBe(at('c', 'validation'));
    write('d/main.tok', '0 1\n');
    write('d/labels.txt', '1\n');
    const before = digestOf('d/main.tok');
    write('d/labels.txt', '0\n');
    expect(digestOf('d/main.tok')).not.toBe(before);
  });
  it('finds its files, and says where they are not or no longer the same', () => {
    const digest = digestOf(write('x.jsonl', jsonLines(examples)));
    expect(registry.createTask('dataset', { digest }).alphabets.input).toEqual(['0', '1']);
    const other = new Registry();
    other.register([Dataset], { origin: 'test' });
    expect(() => other.createTask('dataset', { digest: 'f'.repeat(64) })).toThrow(
      `Nothing says where the data with the digest ${'f'.repeat(12)} are.`,
    );
    const fresh = digestOf(write('y.jsonl', jsonLines(examples.slice(2)))) as string;
    write('y.jsonl', jsonLines(examples.slice(3)));
    other.data.addAll({ [fresh]: join(folder, 'y.jsonl') });
    expect(() => other.createTask('dataset', { digest: fresh })).toThrow(
      'y.jsonl is no longer what the job was made of',
    );
  });
});

describe('refuses', () => {
  const good = jsonLines(examples);
  it.each<[string, Record<string, string>, string, string]>([
    ['no file', {}, 'none.jsonl', 'There is no file none.jsonl'],
    ['another ending', { 'x.txt': '0 1' }, 'x.txt', 'x.txt: its ending ".txt" says no format that is read'],
    ['nothing', { 'x.jsonl': '\n\n' }, 'x.jsonl', 'x.jsonl: there is no example in it'],
    ['broken JSON', { 'x.jsonl': `${good}{"input": ` }, 'x.jsonl', 'x.jsonl, line 64: this is not JSON'],
    ['no object', { 'x.jsonl': `${good}["0", "1"]` }, 'x.jsonl', 'x.jsonl, line 64: this is ["0","1"], not an object'],
    ['a missing key', { 'x.jsonl': `${good}{"input":"0"}` }, 'x.jsonl', 'x.jsonl, line 64: "output" is missing'],
    [
      'a label of null',
      { 'x.jsonl': `{"input":"0 1","output":null}\n${good}` },
      'x.jsonl',
      'x.jsonl, line 1: "output" is null',
    ],
    [
      'an object as a label',
      { 'x.jsonl': `${good}{"input":"0","output":{"a":1}}` },
      'x.jsonl',
      'line 64: "output" is {"a":1}',
    ],
    ['an empty label', { 'x.csv': `${table(',')}\n0 1,` }, 'x.csv', 'x.csv, line 65: the output is empty'],
    [
      'a symbol with a space',
      { 'x.jsonl': `${good}{"input":["0","1 1"],"output":"1"}` },
      'x.jsonl',
      'symbol 2 of "input" is "1 1"',
    ],
    [
      'an unknown part',
      { 'x.jsonl': '{"input":"0","output":"1","split":"all"}' },
      'x.jsonl',
      'x.jsonl, line 1: "split" is "all"',
    ],
    ['no list', { 'x.json': '{"input":"0"}' }, 'x.json', 'x.json, entry 1: it is no list'],
    [
      'no header',
      { 'x.csv': '0 1,1\n1 1,0\n' },
      'x.csv',
      'x.csv, line 1: none of the keys "0 1", "1" is known to hold the inputs',
    ],
    [
      'a line of more cells',
      { 'x.csv': 'input,output\n0 1,1\n1 1,0,1\n' },
      'x.csv',
      'x.csv, line 3: invalid Record Length',
    ],
    ['an open quote', { 'x.csv': 'input,output\n"0 1,1\n' }, 'x.csv', 'x.csv, line 2: quote Not Closed'],
    ['no labels', { 'x.tok': '0 1\n' }, 'x.tok', 'x.tok: there is no file of labels beside it, x.labels.txt'],
    [
      'fewer labels',
      { 'x.tok': '0 1\n\n1\n', 'labels.txt': '1\n0\n' },
      'x.tok',
      'x.tok, line 3: there are 3 strings and 2 labels',
    ],
    ['an empty label', { 'x.tok': '0 1\n1\n', 'labels.txt': '1\n\n' }, 'x.tok', 'x.tok, line 2: the label is empty'],
    ['a folder of nothing', { 'd/x.jsonl': good }, 'd', 'd: the folder has no file of labelled strings'],
    ['a folder without training', { 'd/test.jsonl': good }, 'd', 'd: the folder has nothing to train on'],
    [
      'too few',
      { 'x.jsonl': '{"input":"0 1","output":"1"}' },
      'x.jsonl',
      'x.jsonl: of 1 different examples none is left for',
    ],
    [
      'a control character',
      { 'x.jsonl': jsonLines([...examples, { input: ['\u001b[1m', '1'], output: 'odd' }]) },
      'x.jsonl',
      'x.jsonl: the symbol "\\u001b[1m" has a control character',
    ],
    [
      'a token of sequences',
      { 'x.jsonl': jsonLines([...examples, { input: '<slot> 1', output: 'odd' }]) },
      'x.jsonl',
      'x.jsonl: "<slot>" is the name of a token',
    ],
    [
      'a text as a label',
      { 'x.jsonl': jsonLines(Array.from({ length: 10_001 }, (_, at) => ({ input: 'a b', output: `label${at}` }))) },
      'x.jsonl',
      'x.jsonl: the outputs have 10,001 different symbols, such as "label0"',
    ],
  ])('%s', (_, files, named, message) => {
    for (const [file, content] of Object.entries(files)) write(file, content);
    expect(() => open(named)).toThrow(message);
  });

  it('other encodings', () => {
    writeFileSync(join(folder, 'x.tsv'), Buffer.from(`\uFEFF${table('\t')}`, 'utf16le'));
    expect(() => open('x.tsv')).toThrow('x.tsv: it is not UTF-8');
    writeFileSync(join(folder, 'x.jsonl'), Buffer.from('{"input":"\u00e4 b","output":"1"}', 'latin1'));
    expect(() => open('x.jsonl')).toThrow('x.jsonl: it is not UTF-8');
  });

  it('more than it reads', () => {
    truncateSync(join(folder, write('x.jsonl', '')), 65 * 2 ** 20);
    expect(() => open('x.jsonl')).toThrow('x.jsonl: there are 65 MiB of it, and at most 64 MiB are read');
  });
});
