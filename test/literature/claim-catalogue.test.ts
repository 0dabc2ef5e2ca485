import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest } from '../../src/core/contracts/manifest';
import { packageRoot } from '../../src/core/package';
import { readCatalogue } from '../../src/literature/claim-catalogue';

const claims = readCatalogue();

describe('the catalogue', () => {
  it('has every claim once, in order', () => {
    expect(claims.map(({ id }) => id)).toEqual(Array.from({ length: 43 }, (_, at) => at + 1));
  });

  it('says why what it does not compare is not compared, and has conditions for everything else', () => {
    for (const { id, conditions = [], notComparable } of claims)
      expect([id, conditions.length > 0]).toEqual([id, notComparable === undefined]);
  });

  it('names cells that a shipped folder asks for', () => {
    const labels = new Map<string, Set<string>>();
    const cellsOf = (folder: string) => {
      const file = join(packageRoot, folder, 'manifest.json');
      if (!existsSync(file)) return new Set<string>();
      const { cells } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
      return new Set(
        cells.map(({ row, column, specification: s }) => `${row ?? s.architecture.id} x ${column ?? s.task.id}`),
      );
    };
    const asks = (folder: string, cell: string) => {
      if (!labels.has(folder)) labels.set(folder, cellsOf(folder));
      return labels.get(folder)!.has(cell);
    };
    const unknown = claims.flatMap(({ id, conditions = [], tried = [] }) =>
      [...conditions, ...tried].flatMap((cells) => {
        const { above } = cells as { above?: { row: string; column?: string } };
        const pairs = cells.rows.flatMap((row) => cells.columns.map((column) => `${row} x ${column}`));
        const others = above ? cells.columns.map((column) => `${above.row} x ${above.column ?? column}`) : [];
        return [...pairs, ...others]
          .filter((pair) => !cells.in.some((folder) => asks(folder, pair)))
          .map((pair) => `claim ${id}: ${pair} in ${cells.in.join(', ')}`);
      }),
    );
    expect(unknown).toEqual([]);
  });
});

describe('a file of claims', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-claims-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const condition = {
    in: ['results/a'],
    rows: ['lstm'],
    columns: ['parity'],
    ranges: ['near'],
    atLeast: 0.9,
    because: 'table 1',
  };
  const claim = {
    id: 1,
    title: 'A claim',
    statement: 'It is so.',
    sources: [{ authors: 'Nobody 2026', identifier: 'arXiv:2601.00001', place: 'table 1' }],
    setting: 'small',
    conditions: [condition],
  };
  const read = (...given: object[]) => {
    writeFileSync(join(folder, 'some.json'), JSON.stringify({ subject: 'Some', claims: given }));
    return readCatalogue(folder);
  };

  it('is read with its defaults', () => {
    expect(read(claim)).toMatchObject([
      { id: 1, subject: 'Some', conditions: [{ ...condition, reading: 'exact', overSeeds: 'median' }] },
    ]);
  });

  it.each([
    ['a number that is there already', [claim, claim], /claims\[1\]\.id is 1, which is there already: "A claim"/],
    [
      'no bound',
      [{ ...claim, conditions: [{ ...condition, atLeast: undefined }] }],
      /has none of atLeast, atMost and above/,
    ],
    ['a misspelt key', [{ ...claim, conditions: [{ ...condition, atleast: 1 }] }], /atleast/],
    ['a verdict', [{ ...claim, verdict: 'reproduced' }], /verdict/],
    ['neither conditions nor a reason', [{ ...claim, conditions: undefined }], /conditions/],
    ['conditions and a reason', [{ ...claim, notComparable: 'no such row' }], /it is one or the other/],
    ['no range', [{ ...claim, conditions: [{ ...condition, ranges: undefined }] }], /ranges/],
    ['ranges of sequences', [{ ...claim, conditions: [{ ...condition, reading: 'sequences' }] }], /counts sequences/],
  ])('is refused for %s, naming file and place', (_, given, message) => {
    expect(() => read(...given)).toThrow(message);
    expect(() => read(...given)).toThrow('some.json');
  });
});
