import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest } from '../../src/core/contracts/manifest';
import { packageRoot } from '../../src/core/package';
import { readCatalogue } from '../../src/literature/claim-catalogue';
import type { ClaimAttempt, ClaimCondition } from '../../src/literature/claim-schema';

const claims = readCatalogue();

describe('the catalogue', () => {
  it('has every claim once, in order', () => {
    expect(claims.map(({ id }) => id)).toEqual(Array.from({ length: 43 }, (_, at) => at + 1));
  });

  it('says why what it does not compare is not compared, and has conditions for everything else', () => {
    for (const { id, conditions = [], notComparable } of claims)
      expect([id, conditions.length > 0]).toEqual([id, notComparable === undefined]);
  });

  it('names cells that a folder asks for, as far as the folder is there', () => {
    const folders = new Map<string, ReadonlySet<string> | undefined>();
    const asks = (folder: string, cell: string) => {
      if (!folders.has(folder)) folders.set(folder, cellsOf(folder));
      return folders.get(folder)?.has(cell) ?? true;
    };
    const unknown = claims.flatMap(({ id, conditions = [], tried = [] }) =>
      [...conditions, ...tried].flatMap((cells) =>
        namesOf(cells)
          .filter((cell) => !cells.in.some((folder) => asks(folder, cell)))
          .map((cell) => `claim ${id}: ${cell} in ${cells.in.join(', ')}`),
      ),
    );
    expect(unknown).toEqual([]);
  });
});

/** Names of all cells of a folder; undefined where there is none. */
function cellsOf(folder: string): ReadonlySet<string> | undefined {
  const file = join(packageRoot, folder, 'manifest.json');
  if (!existsSync(file)) return undefined;
  const { cells } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  return new Set(
    cells.map(({ row, column, specification: s }) => `${row ?? s.architecture.id} x ${column ?? s.task.id}`),
  );
}

function namesOf(cells: ClaimCondition | ClaimAttempt): string[] {
  const other = 'above' in cells ? cells.above : undefined;
  const rows = [...cells.rows, ...(other ? [other.row] : [])];
  return cells.columns.flatMap((column) => rows.map((row) => `${row} x ${column}`));
}

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
