import { Registry, task, unitOf, type Rng, type Task } from 'chomsky-zoo';
import { MyStudy } from './my-study';

const reference = { authors: 'Nobody', title: 'None', identifier: 'https://example.org' };

@task({
  id: 'bits',
  version: 1,
  title: 'Bits',
  summary: 'A string of bits; the first one.',
  level: 'regular',
  circuitClass: { name: 'AC0', reference },
  reference,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
})
class Bits implements Task {
  readonly alphabets = { input: ['0', '1'], output: ['0', '1'] };
  sample = (rng: Rng, length: number) => Array.from({ length }, () => rng.integer(2));
  solve = ([first]: readonly number[]) => [first!];
  answerLength = () => 1;
}

test('counts what a task draws: of three bits there are eight', async () => {
  const registry = new Registry();
  registry.register([Bits], { origin: 'this test' });
  const study = registry.create(unitOf(MyStudy)!) as MyStudy;
  const experiment = { name: 'mine', tasks: ['bits'], draws: 500, length: 3, seeds: [1, 2] };
  const manifest = study.expand(experiment as never, { file: 'mine.json', engine: 'none', plugins: [] });
  expect(manifest.cells).toHaveLength(2);
  const { body } = await study.measure(manifest.cells[0]!, { now: () => 0 } as never);
  expect(body).toEqual({ different: 8 });
  const stored = new Map([[manifest.cells[0]!.key, { status: 'finished', record: body }]]);
  const { statements, figures, notes } = study.summarise({ manifest, stored } as never);
  expect([statements, notes]).toEqual([['Inputs of bits that are different: 8.'], ['1 of 2 jobs are measured.']]);
  expect(figures[0]!.panels[0]!.series[0]!.points).toMatchObject([{ x: 'bits', y: 8, samples: [{ seed: 1, y: 8 }] }]);
});
