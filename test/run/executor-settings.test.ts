import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { executorSettings } from '../../src/run/executor-settings';
import { SlurmSettings } from '../../src/run/slurm/settings';

const registry = discover(new Registry(), 'executors');
const slurm = {
  ...registry.resolve('executor', 'processes'),
  id: 'slurm',
  meta: { id: 'slurm', title: '', summary: '', settings: SlurmSettings },
};
const settings = (...given: string[]) => executorSettings(slurm, given);

test('are defaults with what is given over them', () => {
  expect(settings()).toEqual(new SlurmSettings());
  const given = settings('partition=cpu,time=2h,cpusPerTask=4', 'minutesPerTask=0.5', 'account=007');
  expect(given).toBeInstanceOf(SlurmSettings);
  expect(given).toMatchObject({ partition: 'cpu', time: '2h', cpusPerTask: 4, minutesPerTask: 0.5, account: '007' });
});

test('a list is given again for each entry, and commas of values are kept', () => {
  const lines = settings(
    'setup=module load node/20, gcc',
    'setup=source "$HOME/x=1"',
    'sbatch=--exclude=n1,n2,sbatch=--gres=gpu:1',
  );
  expect(lines).toMatchObject({
    setup: ['module load node/20, gcc', 'source "$HOME/x=1"'],
    sbatch: ['--exclude=n1,n2', '--gres=gpu:1'],
  });
});

test.each([
  [['partion=cpu'], /partion is not a key here[^]*Did you mean partition\?/],
  [['time=soon'], /time is "soon": must be a duration/],
  [['time=10s'], /must be a duration of a minute or more/],
  [['cpusPerTask=many'], /cpusPerTask is "many"/],
  [['cpusPerTask='], /cpusPerTask is ""/],
  [['memory=4 GB'], /memory is "4 GB": must be a size such as 4G/],
  [['partition='], /partition is ""/],
  [['partition'], /is not of the form name=value/],
  [['__proto__=1'], /__proto__/],
])('%j is refused', (given, message) => expect(() => settings(...given)).toThrow(message));

test('an executor that has none refuses all', () =>
  expect(() => executorSettings(registry.resolve('executor', 'processes'), ['partition=cpu'])).toThrow(
    /--set-executor \(processes\): partition is not a key here; there is nothing to set/,
  ));
