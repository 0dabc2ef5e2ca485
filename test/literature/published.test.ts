import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest, ManifestClaim } from '../../src/core/contracts/manifest';
import { packageRoot } from '../../src/core/package';
import { literatureFolder, publishedClaims, readPublished } from '../../src/literature/published';
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

  it('makes claims of rows of the zoo alone, each with one bound, and sources hold none beside it', () => {
    const claims = publishedClaims();
    const architectures = registry.architectures();
    const ids = new Set(architectures.map(({ id }) => id));
    expect([...claims.keys()].filter((id) => !ids.has(id))).toEqual([]);
    for (const { atLeast, atMost, source } of [...claims.values()].flat()) {
      expect([atLeast, atMost].filter((bound) => bound !== undefined)).toHaveLength(1);
      expect(source).toMatch(/^.+ 20\d\d.*, .+: [\d.]+ at lengths [\d-]+ \(.*accuracy.*\)/);
    }
    expect(architectures.flatMap(({ id, meta }) => (meta.claims?.length ? [id] : []))).toEqual([]);
  });

  it('says of every figure whose metric is the best of several runs that it is a maximum, and so do its claims', () => {
    for (const { metric, overSeeds } of results)
      expect([metric, overSeeds]).toEqual([metric, /best of \d+ (seeds|runs)/.test(metric) ? 'maximum' : undefined]);
    for (const { source, overSeeds, runs } of [...publishedClaims().values()].flat()) {
      const best = /best of (\d+) (seeds|runs)/.exec(source);
      expect([source, overSeeds, runs]).toEqual([
        source,
        ...(best ? ['maximum', Number(best[1])] : [undefined, undefined]),
      ]);
    }
  });

  it('makes every claim that the shipped records were compared with', () => {
    const made = publishedClaims();
    const manifests = readdirSync(join(packageRoot, 'results')).map((name) => join(packageRoot, 'results', name));
    const shipped = manifests.flatMap((folder) => {
      const { architectures, cells } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
      const unitOf = (label: string) => cells.find(({ row }) => row === label)?.specification.architecture.id ?? label;
      return architectures.map(({ id, claims }) => ({ id: unitOf(id), claims }));
    });
    const bounds = ({ task, range, atLeast, atMost }: ManifestClaim) => ({ task, range, atLeast, atMost });
    expect(shipped.flatMap(({ claims }) => claims).length).toBeGreaterThan(0);
    for (const { id, claims } of shipped)
      expect((made.get(id) ?? []).map(bounds)).toEqual(expect.arrayContaining(claims.map(bounds)));
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

  it('makes a claim of a figure for its own row, or for those that it names', () => {
    const claim = { range: 'near', atMost: 0.6 };
    const scores = {
      LSTM: { score: 0.5, claim },
      New: { score: 1, claim: { range: 'far', atLeast: 0.9, architectures: ['lstm', 'gru'], note: 'best of two' } },
      Old: { score: 0.1, claim },
    };
    const bestOfTwo = {
      task: 'parity',
      range: 'far',
      atLeast: 0.9,
      shortest: 1,
      source: 'Nobody 2026, table 1: 1 at lengths 1-40 (accuracy), best of two',
    };
    expect(Object.fromEntries(publishedClaims(read({ ...file, results: [{ ...table, scores }] })))).toEqual({
      lstm: [
        { task: 'parity', ...claim, shortest: 1, source: 'Nobody 2026, table 1: 0.5 at lengths 1-40 (accuracy)' },
        bestOfTwo,
      ],
      gru: [bestOfTwo],
    });
  });

  it.each([
    [
      'a claim about other lengths',
      { results: [{ ...table, scores: { LSTM: { score: 1, claim: { range: 'wide', atLeast: 1 } } } }] },
      'results[0].scores.claim.range is "wide"',
    ],
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
