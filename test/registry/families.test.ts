import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IsString } from 'class-validator';
import { family, task } from '../../registry/units';
import type { Task, TaskMeta } from '../../src/core/contracts/task';
import { Registry } from '../../registry/registry';

const reference = { authors: 'Nobody', title: 'None', identifier: 'https://example.org' };
const meta: TaskMeta = {
  id: 'only',
  version: 3,
  title: 'Only one word',
  summary: 'A word; whether it is the one.',
  level: 'context-free',
  circuitClass: { name: 'NC1', reference },
  reference,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
};

class OnlyHyperparameters {
  @IsString() word = 'a';
  @IsString() more = '';
}

@task({ ...meta, hyperparameters: OnlyHyperparameters })
class Only implements Task {
  readonly alphabets;
  constructor({ word, more } = new OnlyHyperparameters()) {
    this.alphabets = { input: [...new Set(word + more)].sort(), output: ['no', 'yes'] };
  }
  sample = (): number[] => [0];
  solve = (): number[] => [1];
  answerLength = (): number => 1;
}

const create = (text: string, value: string) => {
  @task({ ...meta, id: `only:${text}`, title: value, level: 'regular', variantOf: 'only' })
  class Own extends Only {}
  return Own;
};
const fromName = family({ base: 'only', hyperparameter: 'word' }, (text: string, value: string) => create(text, value));
const fromFile = family({ base: 'only', hyperparameter: 'word', fromFile: true }, (text: string, value: string) =>
  create(text, value),
);

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-families-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function registryOf(values: readonly unknown[], namespace?: string): Registry {
  const registry = new Registry(undefined, folder);
  registry.register(values, { origin: 'test', namespace });
  return registry;
}

it('finds a task by what the user writes, described by the family and measured as its base', () => {
  const registry = registryOf([Only, fromName]);
  const unit = registry.resolve('task', 'only:xyz');
  expect(unit).toMatchObject({
    id: 'only:xyz',
    origin: 'test',
    stands: { for: 'only', hyperparameters: { word: 'xyz' } },
  });
  expect(unit.meta).toMatchObject({ title: 'xyz', level: 'regular', version: 3 });
  expect(registry.tasks().map(({ id }) => id)).toEqual(['only']);
});

it('gives the task its text, and what is set beside it', () => {
  const registry = registryOf([Only, fromName]);
  expect(registry.createTask('only:xy').alphabets.input).toEqual(['x', 'y']);
  expect(registry.createTask('only:xy', { more: 'ab' }).alphabets.input).toEqual(['a', 'b', 'x', 'y']);
  expect(() => registry.createTask('only:xy', { mor: 'ab' })).toThrow('mor is not a key here');
});

it('keeps colons of the text, and takes an empty one for what it is', () => {
  const registry = registryOf([Only, fromName]);
  expect(registry.resolve('task', 'only:a:b').stands!.hyperparameters).toEqual({ word: 'a:b' });
  expect(registry.resolve('task', 'only:').stands!.hyperparameters).toEqual({ word: '' });
});

it('reads files from its folder', () => {
  writeFileSync(join(folder, 'mine.txt'), 'abc');
  const registry = registryOf([Only, fromFile]);
  expect(registry.resolve('task', 'only:mine.txt').stands!.hyperparameters).toEqual({ word: 'abc' });
  expect(registry.resolve('task', `only:${join(folder, 'mine.txt')}`).meta.title).toBe('abc');
});

it('takes the digest of what lies there where a family asks for it, and remembers where that is', () => {
  const digestOf = (path: string, name: string) => `${name} in ${path}`;
  const ofData = family({ base: 'only', hyperparameter: 'word', digestOf }, (text: string, value: string) =>
    create(text, value),
  );
  const registry = registryOf([Only, ofData]);
  const path = join(folder, 'mine.jsonl');
  const word = `mine.jsonl in ${path}`;
  expect(registry.resolve('task', 'only:mine.jsonl').stands!.hyperparameters).toEqual({ word });
  expect(registry.data.find(word)).toEqual({ path, name: 'mine.jsonl' });
});

it('looks for files in one folder after the other', () => {
  mkdirSync(join(folder, 'inner'));
  writeFileSync(join(folder, 'both.txt'), 'outer');
  writeFileSync(join(folder, 'outer.txt'), 'outer');
  writeFileSync(join(folder, 'inner', 'both.txt'), 'inner');
  const registry = new Registry(undefined, join(folder, 'inner'), folder);
  registry.register([Only, fromFile], { origin: 'test' });
  const wordOf = (file: string) => registry.resolve('task', `only:${file}`).stands!.hyperparameters.word;
  expect([wordOf('both.txt'), wordOf('outer.txt')]).toEqual(['inner', 'outer']);
});

it('says which file it cannot read', () => {
  const registry = registryOf([Only, fromFile]);
  mkdirSync(join(folder, 'inner'));
  expect(() => registry.resolve('task', 'only:none.txt')).toThrow('There is no file none.txt');
  expect(() => registry.resolve('task', 'only:inner')).toThrow('inner cannot be read: it is a folder.');
});

it('puts the families of a plugin under its namespace', () => {
  const registry = registryOf([Only, fromName], 'acme');
  expect(registry.resolve('task', 'acme/only:x').stands).toEqual({
    for: 'acme/only',
    hyperparameters: { word: 'x' },
  });
  expect(registry.find('task', 'only:x')).toBeUndefined();
});

it('answers a misspelt family with the nearest, text and all', () => {
  const registry = registryOf([Only, fromName]);
  expect(() => registry.resolve('task', 'olny:xyz')).toThrow('Did you mean only:xyz?');
});
