import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Command,
  describeWithRedis,
  example,
  newFolder,
  password,
  recordsIn,
  resultsIn,
  Seen,
  startRedis,
  worker,
  zoo,
} from './support';

const experiment = (steps: number, more: object = {}) =>
  JSON.stringify({
    name: 'tiny',
    architectures: ['lstm', 'transformer'],
    tasks: ['parity'],
    seeds: 1,
    protocol: {
      trainingLengths: { maximum: 8 },
      steps,
      batchSize: 8,
      heldOut: { every: 50, sequences: 16 },
      evaluation: { sequencesPerLength: 8, lengthsPerRange: 2, tokenBudget: 200 },
    },
    ...more,
  });

/** A column whose code is not the same everywhere, and one that cannot be measured. */
const plugin = (modulus: number) => `
import { family, task, zooError } from 'chomsky-zoo';
class Ones {
  alphabets = { input: ['0', '1'], output: ['a', 'b'], trace: ['a', 'b'] };
  sample(rng, length) { return Array.from({ length }, () => rng.integer(2)); }
  solve(input) { return [input.filter((bit) => bit === 1).length % ${modulus}]; }
  answerLength() { return 1; }
}
class Broken extends Ones {
  sample() { throw zooError('no-inputs', { task: 'broken', length: 1, nearest: [] }); }
}
const reference = { authors: 'Nobody', title: 'None', identifier: 'https://example.org' };
const meta = { version: 1, level: 'regular', circuitClass: { name: 'ACC0', reference }, reference,
  answerLengthRule: 'always 1', labels: { final: true, aligned: false } };
task({ ...meta, id: 'ones', title: 'Ones', summary: 'Ones, modulo 2.' })(Ones);
task({ ...meta, id: 'broken', title: 'Broken', summary: 'Has no inputs.' })(Broken);
export default { name: 'ones', version: '1.0.0', zoo: '*', tasks: [Ones, Broken] };
`;

/** Strings with their parity, enough for each part to have some. */
const labelled = Array.from({ length: 64 }, (_, at) => {
  const bits = [...(at + 64).toString(2).slice(1)];
  return JSON.stringify({ input: bits.join(' '), output: String(bits.filter((bit) => bit === '1').length % 2) });
}).join('\n');

describeWithRedis('cells on Redis', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  const shared = newFolder();
  let database = 0;
  let expected: ReadonlyMap<string, unknown>;
  let folder: ReturnType<typeof newFolder>;
  let address: string;
  let seen: Seen;
  let commands: Command[] = [];

  const options = () => ({ cwd: folder.path, redis: address });
  const run = (...words: string[]) => {
    const command = zoo(
      ['run', 'tiny.json', '--out', 'out', '--plugin', example, '--executor', 'bullmq', ...words],
      options(),
    );
    commands.push(command);
    return command;
  };
  const work = (...words: string[]) => {
    const command = worker(words, options());
    commands.push(command);
    return command;
  };
  const out = () => join(folder.path, 'out');

  beforeAll(async () => {
    redis = await startRedis();
    shared.write('tiny.json', experiment(400));
    const here = zoo(['run', 'tiny.json', '--workers', '0'], { cwd: shared.path });
    expect(await here.ended).toBe(0);
    expected = resultsIn(join(shared.path, 'runs', 'tiny'));
  });
  beforeEach(() => {
    folder = newFolder();
    folder.write('tiny.json', experiment(400));
    address = redis.address(++database);
    seen = new Seen(address);
  });
  afterEach(async () => {
    for (const command of commands) command.kill('SIGKILL');
    await Promise.all(commands.map(({ ended }) => ended));
    commands = [];
    await seen.end();
    folder.remove();
  });
  afterAll(() => {
    redis.end();
    shared.remove();
  });

  test.each([1, 2, 3])('two workers, one killed with -9 in mid-cell: all cells once (%i)', async () => {
    const workers = [work(), work()];
    const submitter = run();
    const { job, processId } = await seen.training();
    const victim = workers.find((each) => each.processId === processId)!;
    victim.kill('SIGKILL');
    expect(await submitter.ended).toBe(0);
    expect(submitter.text).toMatch(/its worker no longer answers/);
    expect(resultsIn(out())).toEqual(expected);
    const completions = await seen.completions();
    expect([...completions.keys()].sort()).toEqual([...expected.keys()]);
    expect([...completions.values()].every((times) => times === 1)).toBe(true);
    expect(victim.text).not.toContain(`finished ${job.name}`);
    // Nothing stays in Redis but the names of the queue and its latest events; nothing tells the password.
    expect((await seen.keys('*')).filter((key) => !/:(meta|id|events|stalled-check)$/.test(key))).toEqual([]);
    const files = readdirSync(out(), { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    const written = files.map((each) => readFileSync(join(each.parentPath, each.name), 'latin1'));
    expect([...written, ...commands.map(({ text }) => text)].join('\n')).not.toContain(password);
  });

  test('a run that is stopped saves what is running and goes on from there, on another worker', async () => {
    folder.write('tiny.json', experiment(4000, { architectures: ['transformer'], seeds: 1 }));
    const first = work();
    const stopped = run();
    await seen.training(300);
    stopped.kill('SIGINT');
    expect(await stopped.ended).toBe(130);
    expect(await seen.queue.getJobCountByTypes('wait', 'active')).toBe(0);
    expect(await seen.keys('zoo:*:checkpoint:*')).toHaveLength(1);
    first.kill('SIGTERM');
    expect(await first.ended).toBe(0);

    work();
    expect(await run().ended).toBe(0);
    const resumed = [...recordsIn(out()).values()].map(({ provenance }) => provenance.resumed as number);
    expect(resumed.reduce((sum, times) => sum + times, 0)).toBe(1);
    expect(await seen.keys('zoo:*')).toEqual([]);
  });

  test('records wait in Redis for a submitter that was killed', async () => {
    const killed = run();
    while ((await seen.queue.getJobCountByTypes('wait')) < expected.size)
      await new Promise((wait) => setTimeout(wait, 20));
    killed.kill('SIGKILL');
    expect(await work('--until-idle').ended).toBe(0);
    expect(await run().ended).toBe(0); // nobody works any longer
    expect(resultsIn(out())).toEqual(expected);
    expect([...(await seen.completions()).values()].every((times) => times === 1)).toBe(true);
    expect(await seen.queue.getJobCountByTypes('completed')).toBe(0);
  });

  test('files of strings, plugins and weights: each is where it is needed, or the worker says what is not', async () => {
    folder.write('strings.jsonl', labelled);
    folder.write('ones.ts', plugin(2));
    folder.write('other.ts', plugin(1));
    folder.write(
      'tiny.json',
      experiment(20, { architectures: ['lstm'], tasks: ['dataset:strings.jsonl', 'ones'], seeds: 1 }),
    );
    const submitter = run(
      '--plugin',
      './ones.ts',
      '--keep',
      'weights',
      '--only',
      'lstm x ones, lstm x dataset:strings.jsonl',
    );
    const other = work('--plugin', './other.ts');
    expect(await other.ended).toBe(1);
    expect(other.text).toMatch(/^error other-code: .*\n.*plugin ones changed/m);
    work('--plugin', './ones.ts');
    expect(await submitter.ended).toBe(0);
    const digests = [...recordsIn(out()).values()].flatMap(({ provenance }) => (provenance.weights as string) ?? []);
    expect(readdirSync(join(out(), 'weights')).sort()).toEqual(digests.map((each) => `${each}.safetensors`).sort());
    expect(digests).toHaveLength(2);
  });

  test('a cell that fails tells its error, and is tried again by the next run', async () => {
    folder.write('ones.ts', plugin(2));
    folder.write('tiny.json', experiment(20, { architectures: ['lstm'], tasks: ['broken'], seeds: 1 }));
    work('--plugin', './ones.ts');
    for (let times = 0; times < 2; times++) {
      const submitter = run('--plugin', './ones.ts', '--json');
      expect(await submitter.ended).toBe(1);
      expect(submitter.text).toContain('There is no input of 1 symbols in the data of "broken".');
    }
  });
});
