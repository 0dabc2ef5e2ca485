import { tinyExperiment, workingFolder, zoo } from '../../support/cli';

// What Slurm runs is cancelled in test/run/executors/slurm.test.ts.
const folder = workingFolder();
const cancel = (...words: string[]) => zoo(['cancel', ...words], { workingFolder: folder.path });

it('says that nothing runs for a folder', async () => {
  folder.write('tiny.json', tinyExperiment);
  expect(await zoo(['run', 'tiny.json', '--workers', '0'], { workingFolder: folder.path })).toMatchObject({
    exitCode: 0,
  });
  expect(await cancel('tiny')).toMatchObject({
    exitCode: 0,
    stdout: `No executor runs anything for ${folder.path}/runs/tiny.\n`,
  });
  expect((await cancel('tiny', '--json')).json()).toEqual({ folder: `${folder.path}/runs/tiny`, ended: {} });

  const refused = await cancel('tiny', '--executor', 'processes');
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('ends with its command') });
  const misspelt = await cancel('tiny', '--executor', 'slrum');
  expect(misspelt).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Did you mean slurm?') });
  const withoutOwner = await cancel('tiny', '--set-executor', 'partition=cpu');
  expect(withoutOwner).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('needs --executor') });
  const unknown = await cancel('tiny', '--executor', 'slurm', '--set-executor', 'partion=cpu');
  expect(unknown).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Did you mean partition?') });
});

it('names a folder without results', async () =>
  expect(await cancel('nowhere')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('no-results') }));
