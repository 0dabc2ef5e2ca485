import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tinyExperiment, workingFolder, zoo, type Surroundings } from '../../support/cli';
import { describeWithSlurm, until } from '../../support/slurm';

jest.setTimeout(600_000);

describeWithSlurm('Slurm', (slurm) => {
  const folder = workingFolder();
  const results = (name = 'tiny') => join(folder.path, 'runs', name);
  const recordsOf = (name?: string): object[] =>
    existsSync(join(results(name), 'records'))
      ? readdirSync(join(results(name), 'records'), { recursive: true, encoding: 'utf8' })
          .filter((file) => file.endsWith('.json'))
          .sort()
          .map((file) => {
            const text = readFileSync(join(results(name), 'records', file), 'utf8');
            const { provenance: _, ...rest } = JSON.parse(text) as { provenance: unknown };
            return rest;
          })
      : [];
  const failures = (): { readonly code: string; readonly message: string }[] =>
    readdirSync(join(results(), 'failures')).map((file) =>
      JSON.parse(readFileSync(join(results(), 'failures', file), 'utf8')),
    );
  const submissions = () => (existsSync(join(results(), 'slurm')) ? readdirSync(join(results(), 'slurm')) : []);
  const command = (words: readonly string[], surroundings: Surroundings = {}) =>
    zoo(words, { workingFolder: folder.path, ...surroundings });
  /** `settings`: of the executor. */
  const run = (settings: readonly string[] = [], options: readonly string[] = [], surroundings: Surroundings = {}) => {
    const set = ['partition=cpu,pollSeconds=0.5', ...settings].flatMap((each) => ['--set-executor', each]);
    return command(['run', 'tiny.json', '--executor', 'slurm', ...set, ...options], surroundings);
  };

  beforeEach(() => folder.write('tiny.json', tinyExperiment));
  afterEach(() => slurm.clear());

  it('measures 60 cells though a node dies, tasks are requeued, meet their limit and are cancelled', async () => {
    const tasks = ['parity', 'reversal', 'counting'];
    folder.write('tiny.json', { ...tinyExperiment, tasks, baselines: ['uniform'], seeds: 19 });
    expect((await command(['run', 'tiny.json', '--workers', '2', '--out', 'runs/undisturbed'])).exitCode).toBe(0);
    expect(recordsOf('undisturbed')).toHaveLength(60);

    const settings = ['minutesPerTask=0.08'];
    const first = run(settings);
    const runningOn = (node: string) => slurm.running().find((task) => task.node === node)?.id;
    await until('a cell is done', () => recordsOf().length > 0);
    // What comes before the time limit; a task that begins or ends at this moment cannot be sent it.
    await until('a task is told of its limit', () => slurm.isTold(runningOn('n2')));
    slurm.killNode('n1');
    await until('a task of the other node is requeued', () => slurm.isRequeued(runningOn('n2')));
    slurm.startNode('n1');
    await until('more cells are done', () => recordsOf().length >= 12);
    const cancelled = await command(['cancel', 'tiny']);
    expect(cancelled.stdout).toMatch(/^\d+ tasks? of Slurm ended\.\n$/);
    expect(slurm.tasks()).toEqual([]);
    expect((await first).stderr).toContain('its task was cancelled');
    expect(recordsOf().length).toBeLessThan(60);

    const second = await run(settings);
    expect(second.stderr).toMatch(/^\d+ of 60 cells are there/);
    expect(second.exitCode).toBe(0);
    expect(recordsOf()).toEqual(recordsOf('undisturbed'));
    expect(readdirSync(join(results(), 'claims'))).toEqual([]);
  });

  it('hands cells over, hands none over twice, and ends what it has handed over', async () => {
    const blocking = slurm.ask('sbatch', '--parsable', '--array=0-1', '--output=/dev/null', '--wrap=sleep 600');
    const detached = await run([], ['--detach']);
    expect(detached.stdout).toMatch(
      /^Submitted: 3 cells in 1 task \(squeue --name=zoo-tiny-\w+\)\.\nzoo watch \S+ follows/,
    );
    expect(submissions()).toEqual(['1']);
    expect((await run([], ['--detach'])).stdout).toContain('nothing was submitted');
    expect((await run([], ['--detach'])).exitCode).toBe(0);
    expect(submissions()).toEqual(['1']);
    expect((await command(['cancel', 'tiny', '--executor', 'slurm', '--json'])).json()).toEqual({
      folder: results(),
      ended: { slurm: '1 task of Slurm ended.' },
    });
    expect((await command(['cancel', 'tiny'])).stdout).toContain('No executor runs anything');
    slurm.ask('scancel', blocking);
    expect((await run()).exitCode).toBe(0);
    expect(recordsOf()).toHaveLength(3);
    expect((await run([], ['--detach'])).stdout).toContain('Nothing to run.');
  });

  it('ends what it has submitted at Ctrl-C', async () => {
    let press = () => {};
    const running = run([`setup=sleep 600`], [], { interrupt: (key) => (press = key) });
    await until('the task runs', () => slurm.running().length === 1);
    press();
    expect((await running).exitCode).toBe(130);
    expect(slurm.tasks()).toEqual([]);
  });

  it('says why cells fail: workers of other versions, tasks that end or would never start', async () => {
    const other = `setup=sed -i 's/"chomsky-zoo": "[^"]*"/"chomsky-zoo": "99.0.0"/' "$submission/submission.json"`;
    const refused = await run([other]);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(/chomsky-zoo is \S+ instead of 99\.0\.0/);
    expect(failures().map(({ code }) => code)).toEqual(Array(3).fill('other-worker'));
    expect(recordsOf()).toEqual([]);

    const ended = await run(['setup=echo out of luck; exit 7']);
    expect(ended.stderr).toContain('to be continued by another');
    expect(failures().map(({ code }) => code)).toEqual(Array(3).fill('task-lost'));
    expect(failures()[0]!.message).toMatch(/left the queue 3 times without it \(FAILED\)[^]*\n {4}out of luck\n/);

    const tooLong = await run(['time=10h']); // the partition allows an hour
    expect(tooLong.stderr).toContain('its task would never start (PartitionTimeLimit)');
  });

  it('leaves nothing behind where the queue refuses', async () => {
    const refused = await run(['partition=nope']);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(/error scheduler-failed\n {2}sbatch failed: invalid partition specified: nope/);
    expect(submissions()).toEqual([]);
  });
});
