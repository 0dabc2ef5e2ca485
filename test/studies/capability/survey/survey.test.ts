import { join } from 'node:path';
import { discover } from '../../../../registry/discover';
import { Registry } from '../../../../registry/registry';
import { packageRoot } from '../../../../src/core/package';
import type { Manifest } from '../../../../src/core/contracts/manifest';
import type { CellRecord } from '../../../../src/core/contracts/record';
import type { StudyResults } from '../../../../src/core/contracts/study';
import { resultsIn } from '../../../../src/docs/results-folder';
import { draw, viewsOf } from '../../../../src/report/views';
import { buildMatrix } from '../../../../src/studies/capability/summarise/matrix';
import { kindOf } from '../../../../src/studies/capability/survey/kinds';
import { surveyOf } from '../../../../src/studies/capability/survey/survey';
import { surveyed } from '../../../../src/studies/capability/survey/surveyed';
import { smallMatrix, theoryMatrix } from '../../../support/matrix';
import { rowOf } from '../../../support/theory';

test('cells are counted by what became of their predictions', () => {
  const { theory, outcomes } = surveyed(theoryMatrix());
  expect(outcomes).toEqual({
    measured: 6,
    learnt: { cells: 5, low: 5, high: 5 },
    extends: { cells: 4, low: 4, high: 4 },
    solves: { cells: 4, low: 4, high: 4 },
  });
  expect(theory).toMatchObject({ predicted: 5, predictedAndLearnt: 4, agrees: 1, disagrees: 2, notTests: 1 });
  expect(theory.gaps.map(({ row }) => row.id)).toEqual(['untaught']);
  expect(theory.disagreements.map(({ cell }) => cell.row.id)).toEqual(['a-row-with-a-longer-name', 'surprising']);
  expect(theory.againstTheorems.map(({ cell }) => cell.row.id)).toEqual(['a-row-with-a-longer-name']);
});

test('every number has its sentence', () => {
  const told = surveyOf(theoryMatrix()).statements;
  expect(told).toContainEqual(
    expect.stringMatching(/^6 rows on 1 column of 1 level make 6 cells and 18 measured trainings/),
  );
  expect(told).toContain(
    'Of 6 cells 5 are learnt at the trained lengths, 4 extend beyond them and 4 are solved at all evaluated lengths.',
  );
  expect(told).toContain(
    'Theory says something of 5 cells, of which 4 learnt their trained lengths, so that what lies beyond is a test: 1 agrees and 2 disagree, 1 of them with a theorem (a-row-with-a-longer-name x parity): a-row-with-a-longer-name x parity, surprising x parity.',
  );
  expect(told).toContain('In 0 of 6 cells (0 %) seeds come to different verdicts.');
});

test('a grid without theory, searches or kinds says what it can', () => {
  const { statements, tables, figures } = surveyOf(smallMatrix());
  expect(statements.join('\n')).not.toMatch(/[Tt]heory|[Ss]earch|NaN|undefined|null/);
  expect(tables.map(({ heading }) => heading)).toEqual([
    'rank, and capability by level, over 1 columns',
    'who solves what',
  ]);
  expect(figures).toEqual([]);
});

test.each([
  [{ mode: 'chain-of-thought', update: 'sequential' }, 'chain of thought'],
  [{ mode: 'filler', update: 'feed-forward' }, 'filler tokens'],
  [{ update: 'sequential', externalMemory: 'stack' }, 'external memory'],
  [{ update: 'sequential' }, 'non-linear recurrence'],
  [{ update: 'feed-forward', softmaxAttention: true }, 'attention'],
  [{ update: 'feed-forward' }, 'feed-forward'],
  [{ update: 'scan', leastEigenvalue: 0 }, 'linear recurrence, no negative eigenvalue'],
  [{ update: 'scan', leastEigenvalue: -1 }, 'linear recurrence, negative eigenvalues'],
  [{ update: 'scan', leastEigenvalue: null }, 'linear recurrence, complex or unknown eigenvalues'],
] as const)('a row with %j is of the kind %s', (known, kind) => {
  expect(kindOf(rowOf(known))).toBe(kind);
});

describe('of shipped records', () => {
  const registry = discover(new Registry(), 'studies', 'views');
  const matrix = resultsIn(registry, join(packageRoot, 'results', 'theory')).then(({ manifest, stored }) =>
    buildMatrix({ manifest, stored } as unknown as StudyResults<Manifest, CellRecord>),
  );

  test('what is told adds up to the cells that there are', async () => {
    const { outcomes, spent, theory, kinds } = surveyed(await matrix);
    const cells = (await matrix).cells.filter(({ row, summary }) => row.kind === 'architecture' && summary);
    expect(outcomes.measured).toBe(cells.length);
    expect(spent.runs).toBe(cells.reduce((sum, { summary }) => sum + summary!.seeds.length, 0));
    for (const { cells: count, low, high } of [outcomes.learnt, outcomes.extends, outcomes.solves]) {
      expect(low).toBeLessThanOrEqual(count);
      expect(high).toBeGreaterThanOrEqual(count);
    }
    expect(theory.predictedAndLearnt).toBeLessThanOrEqual(theory.predicted);
    expect(theory.agrees + theory.disagrees + theory.gaps.length + theory.notTests).toBeLessThanOrEqual(
      theory.predicted,
    );
    expect(new Set(kinds.flatMap(({ rows }) => rows)).size).toBe(kinds.flatMap(({ rows }) => rows).length);
  });

  test('every format draws it', async () => {
    const views = viewsOf(registry, 'survey');
    expect(views.map(({ meta }) => meta.format).sort()).toEqual(['json', 'markdown', 'svg', 'text']);
    for (const { meta } of views) {
      const drawn = await draw(registry, { of: 'survey', format: meta.format }, await matrix, {
        score: 'exact',
        palette: 'none',
        width: 80,
      });
      expect(drawn).toContain('theory');
      expect(drawn).not.toMatch(/NaN|undefined/);
    }
  });
});
