import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { literatureFolder, readPublished } from '../../src/literature/published';
import { builtIn } from '../support/experiment';

const registry = builtIn();
const results = readPublished();

describe('literature', () => {
  it('names tasks and architectures of the zoo alone', () => {
    const tasks = new Set(registry.tasks().map(({ id }) => id));
    const architectures = new Set(registry.architectures().map(({ id }) => id));
    expect(results.map(({ task }) => task).filter((id) => !tasks.has(id))).toEqual([]);
    expect(results.flatMap(({ architecture }) => architecture ?? []).filter((id) => !architectures.has(id))).toEqual(
      [],
    );
  });

  it('maps only labels that occur', () => {
    for (const file of readdirSync(literatureFolder).filter((name) => name.endsWith('.json'))) {
      const { architectures, results: tables } = JSON.parse(readFileSync(join(literatureFolder, file), 'utf8')) as {
        architectures: Record<string, string>;
        results: { scores: object }[];
      };
      const labels = new Set(tables.flatMap(({ scores }) => Object.keys(scores)));
      expect(Object.keys(architectures).filter((label) => !labels.has(label))).toEqual([]);
    }
  });

  it('has shares in 0..1, lengths in symbols, a mark for everything and no figure from memory', () => {
    for (const { score, unit, mark, deviation = 0 } of results) {
      expect(['V', 'S']).toContain(mark);
      if (unit === 'length') expect(Number.isInteger(score)).toBe(true);
      else expect(Math.max(score, deviation)).toBeLessThanOrEqual(1);
    }
  });

  it('has no figure twice', () => {
    const keys = results.map(({ score: _, deviation: __, bound: ___, ...what }) => JSON.stringify(what));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('covers the sources that were read', () => {
    const identifiers = new Set(results.map(({ source }) => source.identifier));
    for (const identifier of [
      'arXiv:2207.02098',
      'arXiv:2405.04517',
      'arXiv:2411.12537',
      'arXiv:2509.22284',
      'arXiv:2603.15569',
    ])
      expect(identifiers).toContain(identifier);
  });
});

describe('the reader', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-literature-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const table = {
    task: 'parity',
    place: 'table 1',
    mark: 'V',
    metric: 'accuracy',
    lengths: '1-40',
    scores: { LSTM: 0.5 },
  };
  const file = {
    source: { authors: 'Nobody 2026', identifier: 'arXiv:2601.00001' },
    protocol: 'none',
    architectures: { LSTM: 'lstm' },
    results: [table],
  };
  const read = (content: object) => {
    writeFileSync(join(folder, 'nobody.json'), JSON.stringify(content));
    return readPublished(folder);
  };

  it('makes one result of every figure', () => {
    expect(
      read({ ...file, results: [{ ...table, scores: { LSTM: 0.5, New: { score: 0.7, deviation: 0.1 } } }] }),
    ).toEqual([
      {
        task: 'parity',
        row: 'LSTM',
        architecture: 'lstm',
        score: 0.5,
        unit: 'share',
        metric: 'accuracy',
        lengths: '1-40',
        protocol: 'none',
        mark: 'V',
        source: { authors: 'Nobody 2026', identifier: 'arXiv:2601.00001', place: 'table 1' },
      },
      expect.objectContaining({ row: 'New', score: 0.7, deviation: 0.1 }),
    ]);
  });

  it.each([
    ['a figure from memory', { results: [{ ...table, mark: 'M' }] }, 'results[0].mark is "M"'],
    [
      'a score that is none',
      { results: [{ ...table, scores: { LSTM: 'high' } }] },
      'results[0].scores.score is "high"',
    ],
    ['a source without identifier', { source: { authors: 'Nobody' } }, 'source.identifier'],
    ['a misspelt key', { results: [{ ...table, length: '3' }] }, 'results[0].length is not a key here'],
  ])('refuses %s', (_, change, problem) => {
    expect(() => read({ ...file, ...change })).toThrow(problem);
  });

  it('finds nothing where there is no folder', () => {
    expect(readPublished(join(folder, 'none'))).toEqual([]);
  });
});
