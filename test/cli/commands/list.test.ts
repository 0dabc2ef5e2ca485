import { plurals } from '../../../registry/units';
import { builtIn } from '../../support/experiment';
import { widthOf } from '../../../src/report/width';
import { zoo } from '../../support/cli';

const registry = builtIn();
interface Listed {
  readonly architectures?: readonly { readonly id: string }[];
  readonly baselines?: readonly { readonly id: string }[];
  readonly tasks?: readonly { readonly id: string; readonly level: string }[];
}

it('lists everything the registry knows', async () => {
  const { architectures, tasks, baselines } = (await zoo(['list', '--json'])).json<Listed>();
  expect(architectures!.map(({ id }) => id)).toEqual(registry.architectures().map(({ id }) => id));
  expect(baselines!.map(({ id }) => id)).toEqual(registry.baselines().map(({ id }) => id));
  expect(tasks!.map(({ id, level }) => [id, level])).toEqual(registry.tasks().map(({ id, meta }) => [id, meta.level]));
});

it('tells scripts the circuit class of a task and whether it has a trace', async () => {
  const { tasks } = (await zoo(['list', 'tasks', '--json'])).json<Listed>();
  expect(tasks).toContainEqual(
    expect.objectContaining({
      id: 'parity',
      level: 'regular',
      circuitClass: 'ACC0 (not AC0)',
      hasTrace: true,
    }),
  );
  for (const task of tasks!) {
    expect(task).toMatchObject({ circuitClass: expect.stringMatching(/\S/), hasTrace: expect.any(Boolean) });
    expect(task).toHaveProperty('hasTrace', registry.createTask(task.id).trace !== undefined);
  }
});

it('lists tasks or architectures alone', async () => {
  expect(Object.keys((await zoo(['list', 'tasks', '--json'])).json<Listed>())).toEqual(['tasks']);
  expect(Object.keys((await zoo(['list', 'architectures', '--json'])).json<Listed>())).toEqual(['architectures']);
});

it('groups tasks by level, weakest first', async () => {
  const { stdout } = await zoo(['list']);
  const at = (text: string) => stdout.indexOf(text);
  expect(at('tasks: regular')).toBeGreaterThan(at('architectures'));
  expect(at('tasks: regular')).toBeLessThan(at('  parity '));
  expect(at('  parity ')).toBeLessThan(at('tasks: deterministic-context-free'));
  expect(at('tasks: deterministic-context-free')).toBeLessThan(at('  reversal '));
});

it('has colours on a terminal only, and none with NO_COLOR', async () => {
  const escape = '\x1b[';
  expect((await zoo(['list'])).stdout).not.toContain(escape);
  expect((await zoo(['list'], { terminal: true })).stdout).toContain(escape);
  expect((await zoo(['list'], { terminal: true, environment: { NO_COLOR: '1' } })).stdout).not.toContain(escape);
});

it('refuses what it cannot list', async () => {
  const { exitCode, stderr } = await zoo(['list', 'tsks']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`Allowed choices are ${Object.values(plurals).join(', ')}.`);
});

it('tells what architectures take, in columns and in full', async () => {
  const { stdout } = await zoo(['list', 'architectures']);
  expect(stdout).toMatch(/^architectures +parameters +state +FLOPs +depth/);
  expect(stdout).toMatch(/^ {2}transformer +102k +16\.4k +233k +14 +Causal softmax attention/m);
  expect(stdout).toMatch(/^ {2}transformer-encoder +\d+k +0 +\d+k /m);
  const { architectures } = (await zoo(['list', 'architectures', '--json'])).json<Listed>();
  expect(architectures).toContainEqual(
    expect.objectContaining({
      id: 'lstm',
      capabilities: { causal: true },
      memory: 'constant',
      exposes: { state: true, attention: false },
      sizes: expect.objectContaining({ parameters: 26384, state: 128, flops: 52224, time: 64 }),
      theory: {
        properties: expect.objectContaining({ update: 'sequential', units: 64, counts: true, depthPerToken: 2 }),
        depth: { at: [32, 64, 128], perToken: 2, block: null, perPass: 2 },
        recurrenceComplete: 'per token',
      },
    }),
  );
});

const ids = async (...words: string[]) => {
  const listed = (await zoo(['list', ...words, '--json'])).json<Record<string, readonly { readonly id: string }[]>>();
  return Object.values(listed).flatMap((units) => units.map(({ id }) => id));
};

it('lists what is asked for: levels, families, words', async () => {
  const regular = registry.tasks().filter(({ meta }) => meta.level === 'regular');
  expect(await ids('tasks', '--level', 'regular')).toEqual(regular.map(({ id }) => id));
  expect(await ids('--level', 'regular,counter')).not.toContain('lstm');
  expect(await ids('--family', 'deltanet')).toEqual(['deltanet', 'deltanet-negative']);
  expect(await ids('--search', 'STACK elman')).toEqual(['ndstack-rnn', 'stack-rnn']);
  expect(await ids('tasks', '--search', 'even pairs')).toContain('even-pairs');
  const { exitCode, stderr } = await zoo(['list', '--level', 'regulr']);
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/--level "regulr"[^]*Did you mean regular\?/)]);
});

it.each([60, 80, 200])('fits a terminal of %d columns', async (width) => {
  const { stdout } = await zoo(['list'], { terminal: width, environment: { NO_COLOR: '1' } });
  const lines = stdout.trimEnd().split('\n');
  for (const line of lines.slice(0, -1)) expect(widthOf(line)).toBeLessThanOrEqual(width);
  expect(/depth/.test(lines[0]!)).toBe(width === 200);
});
