import { zoo } from '../../support/cli';

it('prints the schema of experiment files, with the units of plugins', async () => {
  const { exitCode, json } = await zoo(['schema']);
  expect(exitCode).toBe(0);
  const { definitions } = json<{ definitions: { architecture: { anyOf: [{ anyOf: [{ enum: string[] }] }] } } }>();
  expect(definitions.architecture.anyOf[0].anyOf[0].enum).toEqual(expect.arrayContaining(['lstm', 'cot-gru']));
});
