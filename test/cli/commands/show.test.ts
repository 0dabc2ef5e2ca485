import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../src/core/package';
import { zoo } from '../../support/cli';

it('shows the page of a task, its symbols, and no markup', async () => {
  const { stdout, exitCode } = await zoo(['show', 'parity']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('whether the number of ones is even or odd');
  expect(stdout).toContain('output  0 even, 1 odd');
  expect(stdout).not.toMatch(/^#|\*\*|^```/m);
});

it('shows an architecture with its hyperparameters', async () => {
  const { stdout } = await zoo(['show', 'lstm']);
  expect(stdout).toMatch(/Hyperparameters\n[^]*hiddenSize +\d+ \(integer, at least 1/);
});

it('shows what can be set of an executor', async () => {
  const { stdout } = await zoo(['show', 'slurm']);
  expect(stdout).toMatch(/Settings \(--set-executor name=value\)\n[^]*minutesPerTask +5 \(number, at least 0/);
  expect(stdout).toMatch(/time +none \(optional, duration: 2h/);
});

it('gives scripts meta, alphabets, hyperparameters and the page as it is written', async () => {
  const task = (await zoo(['show', 'parity', '--json'])).json();
  expect(task).toMatchObject({
    id: 'parity',
    kind: 'task',
    level: 'regular',
    alphabets: { output: ['even', 'odd'] },
    hyperparameters: [],
  });
  expect(task.page).toBe(readFileSync(join(packageRoot, 'tasks', 'parity.md'), 'utf8'));
  const architecture = (await zoo(['show', 'lstm', '--json'])).json();
  expect(architecture).toMatchObject({ id: 'lstm', kind: 'architecture', capabilities: { causal: true } });
  expect(architecture.hyperparameters).toContainEqual({
    name: 'layers',
    default: 1,
    constraints: expect.arrayContaining(['integer']) as string[],
  });
});

it('sums a task up: class with citation, examples, baselines by length, published results with source and mark', async () => {
  const { stdout } = await zoo(['show', 'parity']);
  expect(stdout).toMatch(/circuit class +ACC0 \(not AC0\), Barrington and Therien 1988, doi/);
  expect(stdout).toMatch(/labels +one answer, one label for every prefix/);
  expect(stdout.split('Sampled examples')[1]!.match(/^ {2}input /gm)).toHaveLength(3);
  expect(stdout).toMatch(/length +1 +2 [^]*majority +[▁▂▃▄▅▆▇█] +\d+/);
  expect(stdout).toMatch(/Grazzi et al\. 2025, arXiv:2411\.12537, table 3 \[V\][^]*Mamba \[-1,1\] 100\.0/);
  expect(stdout).toContain('[S] read in a secondary source');
});

it('gives scripts examples, baselines, chance and published results', async () => {
  const shown = (await zoo(['show', 'parity', '--json'])).json<{
    examples: { input: number[]; output: number[] }[];
    baselines: { id: string; points: { length: number; token: number }[] }[];
    chance: { token: number };
    published: { task: string; mark: string }[];
  }>();
  for (const { input, output } of shown.examples)
    expect(output).toEqual([input.reduce((sum, bit) => sum + bit, 0) % 2]);
  expect(shown.baselines.map(({ id }) => id)).toEqual(['look-up', 'majority', 'position-table', 'uniform']);
  // Half of the inputs have each answer.
  expect(shown.chance.token).toBe(0.5);
  expect(new Set(shown.published.map(({ task }) => task))).toEqual(new Set(['parity']));
});

it('shows the most that training on short inputs can reach, where that is not everything', async () => {
  const { baselines } = (await zoo(['show', 'counting-decimal', '--json'])).json<{
    baselines: { id: string; points: { length: number; exact: number }[] }[];
  }>();
  const { points } = baselines.find(({ id }) => id === 'ceiling')!;
  const at = (length: number) => points.find((point) => point.length === length)!.exact;
  expect([at(1), at(40), at(120)]).toEqual([1, 1, 0]);
  // Tens digits to 4: numbers to 49 of 0 to 70.
  expect(Math.abs(at(70) - 50 / 71)).toBeLessThan(0.06);
});

it('shows what was published of an architecture, named by task', async () => {
  const { stdout } = await zoo(['show', 'pd-ssm']);
  expect(stdout).toMatch(/arXiv:2509\.22284[^]*cycle-navigation 99\.5 ± 0\.7/);
  const { published } = (await zoo(['show', 'lstm', '--json'])).json<{
    published: { architecture: string }[];
  }>();
  expect(published.length).toBeGreaterThan(5);
  expect(published.every(({ architecture }) => architecture === 'lstm')).toBe(true);
});

it.each(['oracle', 'cot-lstm'])('shows %s', async (name) => {
  expect((await zoo(['show', name])).exitCode).toBe(0);
});

it('answers an unknown name with the nearest of any kind', async () => {
  const { exitCode, stderr } = await zoo(['show', 'transfromer']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('There is no unit called "transfromer".\n  Did you mean transformer');
});

it('sums an architecture up: memory, cost, and what of its inside can be seen', async () => {
  const { stdout } = await zoo(['show', 'transformer']);
  expect(stdout).toMatch(/parameters +102,160\n +state +16,384 numbers for 64 tokens, growing with length\n/);
  expect(stdout).toMatch(/FLOPs +233,472 per token, in matrix products\n/);
  expect(stdout).toMatch(/exposes +state, attention\n/);
  expect((await zoo(['show', 'lstm'])).stdout).toMatch(/state +128 numbers, however long[^]*exposes +state\n/);
  const encoder = (await zoo(['show', 'transformer-encoder'])).stdout;
  expect(encoder).toMatch(/causal +no[^]*state +none\n[^]*exposes +attention\n/);
});

it.each([
  ['lstm', 'not affine in the last state', '2 per token (32, 64, 128 at 16, 32, 64 tokens)', 'yes'],
  ['mamba', 'affine in the last state, number by number, as the token says', '16 at any length', 'no'],
  [
    'block-recurrent-transformer',
    'not affine',
    '6 per 16 tokens (14, 20, 32 at 16, 32, 64 tokens)',
    'per block of tokens',
  ],
  ['cot-transformer', 'a memory of earlier tokens', '14 at any length, and 15 more per token written', 'no'],
])('says of %s how its state is updated and how deep it is', async (name, update, depth, complete) => {
  const { stdout } = await zoo(['show', name]);
  expect(stdout).toContain(update);
  expect(stdout).toContain(`non-linear depth     ${depth}`);
  expect(stdout).toContain(`recurrence-complete  ${complete}, our classification\n`);
  expect(stdout).toContain('Zhang et al. 2409.09239; Keiblinger 2510.06828\n');
});

it('shows an architecture matched to a budget', async () => {
  const { stdout } = await zoo(['show', 'lstm', '--match', 'parameters=64k']);
  expect(stdout).toMatch(/parameters=64000 +layers=1, embeddingWidth=32, hiddenSize=109\n +parameters +64,184\n/);
  const { sizes } = (await zoo(['show', 'lstm', '--match', 'state=500', '--json'])).json<{
    sizes: { hyperparameters: object; state: number; match: object };
  }>();
  expect(sizes).toMatchObject({
    hyperparameters: { hiddenSize: 250 },
    state: 500,
    match: { quantity: 'state', amount: 500 },
  });
});

it.each([
  ['stack-rnn', 'state=40', 'cannot be matched to state=40: it reaches from 1025 (hiddenSize=1)'],
  ['lru', 'state=4k', 'cannot be matched to a budget of state: it takes 256 whatever width is.'],
  ['parity', 'state=4k', '--match is for architectures, and "parity" is a task.'],
  ['lstm', 'stat=4k', 'Did you mean state?'],
])('says why %s cannot be matched to %s', async (name, budget, text) => {
  const outcome = await zoo(['show', name, '--match', budget]);
  expect(outcome.stderr).toContain(text);
  expect(outcome.exitCode).toBe(2);
});

it('says what is computed of a language, and why, within 80 columns', async () => {
  const { stdout } = await zoo(['show', 'regex:(ab|aabb)*']);
  const section = /For theory\n([^]*?)\n\n/.exec(stdout)![1]!;
  expect(section).toMatch(/automaton +5 states, 2 letters, minimal; its monoid has 21 elements/);
  expect(section).toMatch(/star-free +yes/);
  expect(section).toMatch(/C-RASP +no: two idempotents, ba and baab, lie in one R-class/);
  expect(section.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).toMatch(/circuit class +AC0/);
  const { theory } = (await zoo(['show', 'regex:(ab|aabb)*', '--json'])).json<{ theory: object }>();
  expect(theory).toMatchObject({
    states: 5,
    monoid: 21,
    cRasp: false,
    circuitClass: 'AC0',
    groupOrders: [],
    witnesses: {
      idempotents: [
        ['b', 'a'],
        ['b', 'a', 'a', 'b'],
      ],
    },
  });
});
