import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePlugin } from '../../src/cli/new-plugin';
import { packageRoot } from '../../src/core/package';
import { workingFolder, zoo } from '../support/cli';
import { writeResults } from '../support/stored-records';

const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');
const folder = workingFolder();

/** Command lines of the sh blocks that call zoo, as lists of words: without comments and redirections. */
const commandLines = [...readme.matchAll(/^```sh\n([^]*?)^```/gm)]
  .flatMap(([, block]) => block!.split('\n'))
  .filter((line) => line.startsWith('npx zoo '))
  .map((line) => words(line.replace(/\s+#.*$/, '').replace(/\s+>\s*\S+$/, '')).slice(2));

/** Words as a shell parts them; the README needs no more than double quotes. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
}

/** Enough for each part to have some. */
const labelled = Array.from({ length: 64 }, (_, at) => {
  const bits = [...(at + 64).toString(2).slice(1)];
  return `{"input":"${bits.join(' ')}","output":"${bits.filter((bit) => bit === '1').length % 2}"}\n`;
}).join('');

beforeEach(async () => {
  folder.write('parity.jsonl', labelled);
  const predictions = [{ architecture: 'lstm', task: 'parity', expressible: 'can', evidence: 'theorem' } as const];
  await writeResults(join(folder.path, 'runs', 'quick'), { predictions }, [{ inRange: 1, near: 1, far: 1 }]);
});

it('has command lines to try', () => {
  expect(commandLines.length).toBeGreaterThan(8);
  expect(commandLines).toContainEqual(['run']);
});

/** Training takes its time: what a run would do is planned instead, from the same words. */
const quick = ([command, ...rest]: readonly string[]) => (command === 'run' ? ['plan', ...rest] : [command!, ...rest]);

it.each(commandLines.map((line) => [line.join(' '), line] as const))('npx zoo %s works', async (_, line) => {
  // Where the README has gone into the folder that zoo new made, so do we.
  const home = join(folder.path, 'my-model');
  if (line[0] !== 'new') writePlugin('architecture', 'my-model', home);
  const place = line.includes('.') ? home : folder.path;
  const { exitCode, stdout, stderr } = await zoo(quick(line), { workingFolder: place });
  // Sizes that are asked for come with what was taken, and some tasks have inputs of some lengths only.
  const gaps = /^(.* (have|has) inputs of some lengths only: .*\n)*/.exec(stderr)![0];
  const isStudy = line[0] === 'study' && line.length > 1; // trained here: its quick size takes seconds
  const told = { '--match': /^Taken for .*\n$/, '--shard': /^Part 3 of 16: .*\n$/ };
  const option = Object.entries(told).find(([each]) => line.includes(each))?.[1];
  const notes = option ?? (isStudy ? /\nWritten: .*\n$/ : /^$/);
  expect(exitCode).toBe(0);
  // What is measured again, and files that are written, are told of there.
  if (!['verify', 'export'].includes(line[0]!)) expect(stderr.slice(gaps.length)).toMatch(notes);
  if (line[0] !== 'export') expect(stdout.trim()).not.toBe('');
});

it('trains the one cell it names, here for a moment', async () => {
  const line = commandLines.find(([command, option]) => command === 'run' && option === '--only')!;
  const settings = ['steps=2', 'batchSize=4', 'trainingLengths.maximum=3', 'evaluation.sequencesPerLength=4'];
  const shortened = settings.flatMap((setting) => ['--set', `protocol.${setting}`]);
  const { exitCode, stdout } = await zoo([...line, ...shortened, '--workers', '0', '--out', 'one'], {
    workingFolder: folder.path,
  });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^lstm /m);
});

it('shows what zoo theory prints', async () => {
  const [, command, output] = /`npx zoo (theory [^`]+)` prints\n\n```text\n([^]*?)```/.exec(readme)!;
  expect((await zoo(command!.split(' '))).stdout).toBe(output);
});
