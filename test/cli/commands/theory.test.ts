import { join } from 'node:path';
import { packageRoot } from '../../../src/core/package';
import { workingFolder, zoo } from '../../support/cli';

const folder = workingFolder();
const json = async <T>(...words: readonly string[]) => (await zoo(['theory', ...words, '--json'])).json<T>();

it('says in a paragraph what is predicted of a row on a column, and cites it', async () => {
  const { stdout, exitCode } = await zoo(['theory', 'lstm', 'parity']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^lstm on parity {2}\+ can be expressed at this size\n/);
  expect(stdout.replace(/\s+/g, ' ')).toContain(
    'R4 (Merrill, Petty and Sabharwal 2024, theorem 5.1, arXiv:2404.08819): One',
  );
  expect(stdout).toMatch(/\nCited\n {2}R4 {4}Merrill, Petty and Sabharwal 2024, theorem 5.1, arXiv:2404.08819\n$/);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

it('gives scripts the prediction, its explanation, what it cites and what it was made of', async () => {
  expect(await json('mamba', 'parity')).toMatchObject({
    architecture: 'mamba',
    task: 'parity',
    code: 'X',
    expressible: 'cannot',
    evidence: 'theorem',
    propositions: ['L1'],
    explanation: expect.stringMatching(/^mamba cannot compute parity/) as string,
    cited: [{ id: 'L1', citation: 'Grazzi et al. 2025, theorem 1, arXiv:2411.12537', evidence: 'theorem' }],
    row: { update: 'scan', transition: 'elementwise' },
    column: { evenCycle: true },
  });
});

it('follows hyperparameters that are set, of rows and of columns', async () => {
  const codeOf = async (...words: readonly string[]) => (await json<{ code: string }>(...words)).code;
  expect(await codeOf('deltanet-negative', 'z5')).toBe('+');
  expect(await codeOf('deltanet-negative', 'z5', '--set', 'deltanet-negative.layers=1')).toBe('X');
  expect(
    await codeOf('deltanet-negative', 'z-m', '--set', 'deltanet-negative.layers=1', '--set', 'z-m.modulus=4'),
  ).toBe('(+)');
});

it('knows languages that are described, and rows of plugins, without a word of theory in them', async () => {
  const plugin = join(packageRoot, 'examples', 'plugin-gru', 'gru.ts');
  const { stdout } = await zoo(['theory', 'rnn', 'regex:(ab|aabb)*']);
  expect(stdout).toMatch(/^rnn on regex:\(ab\|aabb\)\* {2}\+ /);
  const found = await json<{ row: object; code: string }>('example/gru', 'parity', '--plugin', plugin);
  expect(found).toMatchObject({ code: '+', row: { update: 'sequential' } });
});

it('tells of a row or a column alone what it is, and what is predicted on the other side', async () => {
  const row = await json<{ kind: string; predicted: { name: string; code: string }[] }>('gru');
  expect(row.kind).toBe('architecture');
  expect(row.predicted).toContainEqual({ name: 'parity', code: '+' });
  const { stdout } = await zoo(['theory', 'gru']);
  expect(stdout).toContain('a state that is updated non-linearly');
  expect(stdout).toMatch(/\n {2}Xa {4}cannot beyond a length[^\n]*\n {8}[^]*reversal/);
});

it('prints the predicted matrix of the rows and columns that are asked for', async () => {
  const grid = ['--rows', 'rnn,mamba', '--columns', 'parity,even-pairs,reversal'];
  const { stdout } = await zoo(['theory', '--matrix', ...grid]);
  expect(stdout).toMatch(/\nregular\n +parity +even-pairs\nrnn +\+ +\+\nmamba +X +\(\+\)\n/);
  expect(stdout).toMatch(/\ndeterministic-context-free\n +reversal\nrnn +Xa\nmamba +Xa\n/);
  expect(stdout).toContain('\nX cannot, at all lengths: a theorem\n');
  expect(stdout).not.toMatch(/\ne expected not/);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  const markdown = await zoo(['theory', '--matrix', ...grid, '--format', 'markdown']);
  expect(markdown.stdout).toContain('| mamba | X | (+) |');
  const { cells, propositions } = await json<{ cells: object[]; propositions: { id: string }[] }>('--matrix', ...grid);
  expect(cells).toHaveLength(6);
  expect(propositions.map(({ id }) => id)).toEqual(['L1', 'L9', 'R4', 'R10', 'T28']);
});

it('lists the propositions with marks and citations', async () => {
  const { stdout } = await zoo(['theory']);
  expect(stdout).toMatch(
    /\n {2}L1 {4}A linear recurrence of finite precision[^]*\[V\]\n {8}Grazzi et al. 2025, theorem 1/,
  );
  expect(stdout).toContain('[D] our derivation');
  const { propositions } = await json<{ propositions: { id: string; citation: string }[] }>();
  expect(propositions.find(({ id }) => id === 'D2')).toMatchObject({ citation: 'our derivation, from L1' });
});

it.each([
  [['lstmm', 'parity'], 'There is no architecture called "lstmm".\n  Did you mean lstm'],
  [['lstm', 'party'], 'There is no task called "party".\n  Did you mean parity'],
  [['nothing-like-it'], 'There is no unit called "nothing-like-it".'],
  [['lstm', 'parity', '--set', 'lstn.layers=2'], 'it must begin with the name of a row or column'],
  [['lstm', 'parity', '--set', 'lstm.layer=2'], 'layer is not a key here'],
  [['lstm', '--matrix'], '--matrix, --rows and --columns take no row and column besides.'],
  [['--matrix', '--rows', 'lstmm'], 'There is no architecture called "lstmm"'],
  [['--set', 'lstm.layers=2'], '--plugin and --set are for a row, a column or --matrix.'],
])('refuses %j', async (words, message) => {
  const { stderr, exitCode } = await zoo(['theory', ...words], { workingFolder: folder.path });
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});
