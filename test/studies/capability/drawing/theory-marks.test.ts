import { theoryMarkOf, theoryMeanings, theoryTold } from '../../../../src/studies/capability/drawing/theory-marks';
import { theoryMark } from '../../../../src/studies/capability/drawing/svg-theory-marks';
import { toAscii } from '../../../../src/report/symbols';
import { latexText } from '../../../../src/report/latex';
import { makeMatrix } from '../../../support/matrix';
import type { GivenPrediction } from '../../../support/records';

type Said = Omit<Partial<GivenPrediction>, 'architecture' | 'task'>;

/** A row for each prediction, all of them solved, or learnt in range, or not learnt. */
const matrixOf = (far: number, near: number, inRange: number, ...said: Said[]) =>
  makeMatrix(
    {
      architectures: said.map((_, at) => `row-${at}`),
      baselines: ['uniform'],
      tasks: [['parity', 'regular']],
      seeds: [1, 2, 3],
      predictions: said.map((each, at) => ({ architecture: `row-${at}`, task: 'parity', ...each })),
    },
    [
      ...said.flatMap((_, at) => [1, 2, 3].map((seed) => ({ architecture: `row-${at}`, seed, inRange, near, far }))),
      { architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 },
    ],
  );
const marksOf = (matrix: ReturnType<typeof matrixOf>) => matrix.cells.map(theoryMarkOf);

const can: Said = { expressible: 'can', evidence: 'theorem' };
const law: Said = { extends: 'not expected', extensionEvidence: 'empirical law' };
const short: Said = { expressible: 'cannot beyond a length', evidence: 'theorem', binds: 65 };
const never: Said = { expressible: 'cannot', evidence: 'theorem' };

test('a mark for what became of a prediction, none where nothing is decided or said, none of baselines', () => {
  expect(marksOf(matrixOf(1, 1, 1, can, law, short, never, {}))).toEqual(['✓', '≠', '▲', '', '', '']);
  expect(marksOf(matrixOf(0.5, 0.5, 1, can, law, short, never))).toEqual(['◇', '✓', '✓', '✓', '']);
  expect(marksOf(matrixOf(0.5, 0.5, 0.6, can, law, short, never))).toEqual(['◇', '', '≈', '≈', '']);
});

test('what is not a theorem disagrees quietly', () => {
  const derived = { ...short, evidence: 'our derivation' } as const;
  expect(marksOf(matrixOf(1, 1, 1, derived))[0]).toBe('≠');
});

test('the legend has the marks that occur', () => {
  expect(theoryMeanings(matrixOf(1, 1, 1, can)).map(([mark]) => mark)).toEqual(['✓']);
  expect(theoryMeanings(matrixOf(1, 1, 1, short, law, can)).map(([mark]) => mark)).toEqual(['▲', '≠', '✓']);
  expect(theoryMeanings(makeMatrix({}, []))).toEqual([]);
});

test('every mark has ASCII, LaTeX and a shape of its own', () => {
  const marks = ['▲', '≠', '✓', '◇', '≈'] as const;
  const [ascii, latex, drawn] = [toAscii, latexText, (mark: (typeof marks)[number]) => theoryMark(mark, 0, 0)].map(
    (of) => marks.map((mark) => (of as (mark: string) => string)(mark)),
  );
  for (const forms of [ascii!, latex!, drawn!]) expect(new Set(forms).size).toBe(marks.length);
  expect(ascii!.join('')).toMatch(/^[\x21-\x7e]{5}$/);
  // Marks stand beside verdicts and flags, which they must not be mistaken for.
  for (const other of [...toAscii('●◕◔○✕'), ...'!~?<=-']) expect(ascii).not.toContain(other);
  expect(latex!.join('')).toMatch(/^[\x20-\x7e]+$/);
  expect(theoryMark('', 0, 0)).toBe('');
});

test('each statement is told with its source', () => {
  const [cell] = matrixOf(0.5, 0.5, 1, { ...can, ...law, propositions: ['R4'] }).cells;
  expect(theoryTold(cell!)).toEqual([
    'theory: can be expressed (Somebody 2024, theorem R4): learnability gap',
    'theory: not expected to extend (Somebody 2024, theorem R4): agrees',
  ]);
});
