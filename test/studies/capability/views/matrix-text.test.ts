import type { ViewOptions } from '../../../../src/core/contracts/view';
import { widthOf } from '../../../../src/report/width';
import type { Matrix } from '../../../../src/studies/capability/summarise/matrix';
import { MatrixText } from '../../../../src/studies/capability/views/matrix-text';
import { makeMatrix, smallMatrix, theoryMatrix } from '../../../support/matrix';

const renderText = (matrix: Matrix, options: Partial<ViewOptions> = {}) =>
  new MatrixText().draw(matrix, { score: 'exact', palette: 'none', ...options });

const fiveByFive = () => {
  const architectures = ['transformer', 'linear-transformer', 'rwkv', 'lstm', 'cot-transformer'];
  const tasks: [string, string][] = [
    ['parity', 'regular'],
    ['counting', 'counter'],
    ['reversal', 'deterministic-context-free'],
    ['brackets', 'deterministic-context-free'],
    ['multiplication', 'context-sensitive'],
  ];
  return makeMatrix(
    { architectures, tasks },
    architectures.flatMap((architecture) =>
      tasks.map(([task]) => ({ architecture, task, inRange: 1, near: 0.5, far: 0.1 })),
    ),
  );
};
const widest = (text: string) => Math.max(...text.split('\n').map(widthOf));

test('plain text', () => {
  expect(renderText(smallMatrix())).toMatchInlineSnapshot(`
   "                           deterministic-
               regular        context-free
               -------------- --------------
               parity         reversal
                  in near far    in near far
   lstm        * 100 100  99  o? 97  25   0
   transformer .  60  50   -      not run

   uniform     .  50  50  50  .   4   0   0
   oracle      * 100 100 100  * 100 100 100

   test: exact match in %, one seed
   * solves   + extends   o learnt in range   . not learnt   x diverged   - not evaluated
   ? borderline: noise leaves another verdict open
   lengths: in range 1-40, near 41-100, far 101-256
   the same for all rows: training lengths 1-40, steps 1000, batch size 64, learning rate 0.001
   a run stops after 3 perfect looks in a row at trained lengths, one every 100 steps; steps done
     1,000; sequences seen 64,000; parameters 10
   note: borderline: lstm x reversal (not learnt to learnt in range)
   "
  `);
});

test('plain text is ASCII, whatever the width', () => {
  for (const width of [40, 100]) expect(renderText(smallMatrix(), { width })).toMatch(/^[\x20-\x7e\n]*$/);
});

test('token accuracy instead of exact match', () => {
  const matrix = makeMatrix({ architectures: ['lstm'], baselines: [], tasks: [['parity', 'regular']] }, [
    { inRange: { exact: 0.11, token: 0.77 } },
  ]);
  expect(renderText(matrix, { score: 'token' })).toContain(' 77 ');
  expect(renderText(matrix, { score: 'token' })).toContain('token accuracy');
  expect(renderText(matrix)).toContain(' 11 ');
});

test('five rows and five columns fit into 100 columns, in colour too', () => {
  for (const palette of ['none', 'ansi256', 'truecolor'] as const) {
    const text = renderText(fiveByFive(), { width: 100, palette });
    expect(widest(text)).toBeLessThanOrEqual(100);
    expect(text.match(/^transformer/gm)).toHaveLength(1);
  }
});

test('in a narrow terminal the columns continue below, each with its row names', () => {
  const text = renderText(fiveByFive(), { width: 60 });
  expect(widest(text)).toBeLessThanOrEqual(60);
  expect(text.match(/^transformer/gm)).toHaveLength(3);
  for (const task of ['parity', 'counting', 'reversal', 'brackets', 'multiplication']) expect(text).toContain(task);
});

test('colours are added to the same content', () => {
  const coloured = renderText(smallMatrix(), { palette: 'truecolor' });
  const line = coloured.split('\n').find((each) => each.startsWith('lstm'))!;
  expect(line).toContain('\x1b[38;2;2;5;10;48;2;188;232;168m100 \x1b[0m');
  expect(line.replace(/\x1b\[[0-9;]*m/g, '')).toBe('lstm        ● 100 100  99  ◔? 97  25   0 ');
});

test('a row that the experiment leaves out everywhere is its name and no blanks', () => {
  const whole = makeMatrix({ architectures: ['lstm'], baselines: [], tasks: [['parity', 'regular']] }, []);
  const cell = { ...whole.cells[0]!, problems: [{ absence: 'left out' as const, seed: null, reason: '' }] };
  expect(renderText({ ...whole, cells: [cell], cell: () => cell }, { palette: 'truecolor' })).toMatch(/^lstm$/m);
});

test('contradictions and missing seeds are flagged and explained', () => {
  const matrix = makeMatrix({ architectures: ['lstm'], baselines: [], tasks: [['parity', 'regular']], seeds: [1, 2] }, [
    { inRange: 1, near: 1, far: 1 },
  ]);
  const text = renderText(matrix);
  expect(text).toMatch(/^lstm \*~100 100 100$/m);
  expect(text).toContain('~ some seeds not run');
  expect(text).toContain('note: lstm x parity: 1 of 2 seeds');
});

test('an empty experiment is drawn without a crash', () => {
  expect(renderText(makeMatrix({ architectures: [], baselines: [], tasks: [] }, []))).toContain(
    'test: exact match in %',
  );
});

test('shares of seeds, scores below guessing and lengths of columns have their place', () => {
  const matrix = makeMatrix({ architectures: ['lstm'], baselines: ['uniform'], seeds: [1, 2, 3] }, [
    ...[1, 1, 0.6].map((far, at) => ({ seed: at + 1, inRange: 1, near: 1, far })),
    ...[1, 2, 3].map((seed) => ({ task: 'reversal', seed, inRange: 0.9, near: 0.2 })),
    { architecture: 'uniform', baseline: true, inRange: 0.5, near: 0.5, far: 0.5 },
    { architecture: 'uniform', task: 'reversal', baseline: true, inRange: 0.5, near: 0.5 },
  ]);
  expect(renderText(matrix, { width: 80 })).toMatchInlineSnapshot(`
   "                               deterministic-
                regular           context-free
                ----------------- -----------------
                parity            reversal
                      in near far       in near far
   up to length       40 100 256        40 100   -
   lstm         *2/3?100 100 100  .     90  20<  -

   uniform      .     50  50  50  .     50  50   -

   test: exact match in %, median of 3 seeds
   * solves   + extends   o learnt in range   . not learnt   x diverged
   - not evaluated   2/3 seeds that solve
   ? borderline: noise leaves another verdict open
   < below guessing by more than noise
   lengths of parity: in range 1-40, near 41-100, far 101-256
   lengths of reversal: in range 1-40, near 41-100
   the same for all rows: training lengths 1-40, steps 1000, batch size 64,
     learning rate 0.001
   a run stops after 3 perfect looks in a row at trained lengths, one every 100
     steps; steps done 1,000; sequences seen 64,000; parameters 10
   note: lstm x reversal: 0.20 near, below guessing (0.50)
   note: borderline: lstm x parity (extends to solves)
   "
  `);
});

test('what became of a prediction stands before the verdict, off long names, and takes no column of a wide matrix', () => {
  expect(renderText(theoryMatrix(), { width: 80 })).toMatchInlineSnapshot(`
   "                          regular
                             -----------------
                             parity
                                   in near far
   a-row-with-a-longer-name #*3/3 100 100 100
   surprising               /*3/3 100 100 100
   able                     v*3/3 100 100 100
   untaught                 ^o    100  50  50
   unable                   :.     50  50  50
   unknown                   *3/3 100 100 100

   uniform                   .     50  50  50

   test: exact match in %, median of 3 seeds
   * solves   + extends   o learnt in range   . not learnt   x diverged
   - not evaluated   3/3 seeds that solve
   # disagrees with a theorem: a bug until proven otherwise
   / disagrees with theory   v agrees with theory
   ^ learnability gap: can be expressed, not learnt
   : consistent with theory, not a test
   lengths: in range 1-40, near 41-100, far 101-256
   the same for all rows: training lengths 1-40, steps 1000, batch size 64,
     learning rate 0.001
   a run stops after 3 perfect looks in a row at trained lengths, one every 100
     steps; steps done 1,000; sequences seen 64,000; parameters 10
   note: a-row-with-a-longer-name x parity: DISAGREES WITH A THEOREM, a bug until
     proven otherwise: solves, and theory says: cannot from length 65 on (Somebody
     2024, theorem R4)
   note: surprising x parity: solves, and theory says: not expected to extend
     (Somebody 2024, theorem R4)
   "
  `);
  const coloured = renderText(theoryMatrix(), { palette: 'ansi256' });
  expect(coloured).toContain('\x1b[1m▲\x1b[22m●');
  const wide = (withTheory: boolean) => {
    const tasks = Array.from({ length: 3 }, (_, at): [string, string] => [`t${at}`, 'regular']);
    const predictions = withTheory
      ? [{ architecture: 'lstm', task: 't0', expressible: 'can' as const, evidence: 'theorem' as const }]
      : undefined;
    const solved = tasks.map(([task]) => ({ task, inRange: 1, near: 1, far: 1 }));
    return renderText(makeMatrix({ architectures: ['lstm', 'x'.repeat(23)], tasks, predictions }, solved), {
      width: 80,
    });
  };
  for (const text of [wide(false), wide(true)]) expect(text).toMatch(/^ +t0 +t1 +t2$/m);
});
