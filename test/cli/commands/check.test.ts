import { join } from 'node:path';
import { packageRoot } from '../../../src/core/package';
import { workingFolder, zoo } from '../../support/cli';

const folder = workingFolder();
const shared = (name: string) => join(packageRoot, 'test', 'support', 'registry', 'plugins', name);

interface Report {
  readonly passed: number;
  readonly failed: number;
  readonly units: readonly {
    readonly id: string;
    readonly kind: string;
    readonly checks: readonly { name: string; status: string; problem?: string; place?: string }[];
  }[];
}
async function report(...words: string[]): Promise<Report & { exitCode: number }> {
  const { exitCode, json, stderr } = await zoo(['check', ...words, '--json'], { workingFolder: folder.path });
  expect(stderr).toBe('');
  return { exitCode, ...json<Report>() };
}
const failures = ({ units }: Report) =>
  units.flatMap(({ id, checks }) =>
    checks
      .filter(({ status }) => status === 'failed')
      .map(({ name, problem, place }) => ({ id, name, problem, place })),
  );

it('passes a row, and says which checks there was nothing for', async () => {
  const gru = join(packageRoot, 'examples', 'plugin-gru', 'gru.ts');
  const { exitCode, stdout } = await zoo(['check', gru]);
  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/\n\n18 passed, 0 failed, 4 skipped\n$/)]);
  expect(stdout).toMatch(/^example\/gru {2}architecture\n {2}passed {3}is made by the container\n/);
  expect(stdout).toContain('  skipped  attends in weights that sum to one');
});

it('passes a unit of every other kind, and finds what a class lacks', async () => {
  const found = await report(shared('machinery.ts'));
  expect(found.units.map(({ kind }) => kind)).toEqual(['baseline', 'engine', 'executor', 'view']);
  expect([found.exitCode, failures(found)]).toEqual([0, []]);
  expect(failures(await report(shared('sampling.ts')))).toEqual([]);
  const watchers = await report(shared('watchers.ts'));
  expect(watchers.units.map(({ kind }) => kind)).toEqual(['probe', 'intervention']);
  expect([watchers.exitCode, failures(watchers)]).toEqual([0, []]);
  const source = `import { executor, view, baseline } from 'chomsky-zoo';
const meta = { id: 'idle', title: 'Idle', summary: 'Does nothing.' };
export default {
  name: 'idle', version: '1.0.0', zoo: '*',
  executors: [executor(meta)(class {} as never)],
  views: [view({ of: 'matrx', format: 'x', title: 'X', summary: 'X.' })(class { draw() {} } as never)],
  baselines: [baseline({ ...meta, version: 1 })(class { fit = () => () => [7] } as never)],
};`;
  const idle = failures(await report(folder.write('idle.ts', source)));
  expect(idle.map(({ id, problem }) => [id, problem])).toEqual([
    ['idle', expect.stringMatching(/^it answers \[7\] to/)],
    ['idle', 'it has no method run'],
    ['matrx-x', expect.stringMatching(/^no study presents "matrx"/)],
  ]);
});

it('finds what a probe or an intervention does wrong on a model', async () => {
  const source = `import { intervention, probe } from 'chomsky-zoo';
const meta = (id) => ({ id, version: 1, title: id, summary: 'Is wrong.' });
let looks = 0;
const reading = (id, look) => probe(meta(id))(class { look = look } as never);
export default {
  name: 'wrong', version: '1.0.0', zoo: '*',
  probes: [
    reading('infinite', async () => ({ all: 1 / 0 })),
    reading('moving', async () => ({ looks: looks++ })),
    reading('empty', async () => ({})),
    probe(meta('picky'))(class { refuses = () => 'it is not mine'; look = async () => ({ a: 1 }) } as never),
  ],
  interventions: [
    intervention(meta('fewer'))(class { applied = (model) => ({ ...model, parameters: [] }) } as never),
    intervention(meta('halved'))(class { applied = ({ parameters, forward }) => ({ parameters, forward: (...all) => forward(...all).slice([0, 0, 0], [1, -1, -1]) }) } as never),
    intervention(meta('torn'))(class { applied = (model) => ({ ...model, forward: (...all) => model.forward(...all).mul(2) }) } as never),
  ],
};`;
  const found = failures(await report(folder.write('wrong.ts', source)));
  expect(found.map(({ id, problem }) => [id, problem])).toEqual([
    ['infinite', expect.stringMatching(/^its reading "all" is Infinity/)],
    ['moving', expect.stringMatching(/^it reads {"looks":0}, and of the same parameters {"looks":1}/)],
    ['empty', expect.stringMatching(/^it reads nothing/)],
    ['picky', expect.stringMatching(/^it refuses all \d+ rows, transformer because it is not mine/)],
    ['fewer', expect.stringMatching(/^the model under it has other parameters/)],
    ['halved', expect.stringMatching(/^its logits are \[1,3,5\], and without it \[2,3,5\]/)],
    ['torn', expect.stringMatching(/^the two forms differ by/)],
  ]);
});

it('finds an undefined name in build, with its line', async () => {
  const source = `import { architecture } from 'chomsky-zoo';
class Nothing {}
const reference = { authors: 'Nobody', title: 'None', identifier: 'https://example.org' };
const meta = { id: 'row', version: 1, title: 'Row', year: 2026, summary: 'Fails.', reference };

@architecture({ ...meta, capabilities: { causal: true }, hyperparameters: Nothing })
class Row {
  build() {
    return unheardOf;
  }
}
export default { name: 'broken', version: '1.0.0', zoo: '*', architectures: [Row] };
`;
  const file = folder.write('row.ts', source);
  const found = await report(file);
  expect(found.exitCode).toBe(1);
  expect(failures(found)).toContainEqual({
    id: 'row',
    name: 'builds with its defaults, and can be compiled',
    problem: 'unheardOf is not defined',
    place: `${file}:9:5`,
  });
});

it('finds what cannot be made, a task that ignores the seed, and goes on with the others', async () => {
  const found = await report(shared('injected.ts'));
  const problems = failures(found).map(({ id, problem }) => [id, problem]);
  expect(problems).toContainEqual(['unmakeable', expect.stringMatching(/cannot be made: Unmakeable asks for/)]);
  expect(problems).toContainEqual(['pick', expect.stringMatching(/the seed is ignored/)]);
  expect(found.units.map(({ id }) => id)).toEqual(['letters-model', 'pick', 'unmakeable']);
});

it('checks what is asked for, also what a family makes', async () => {
  const found = await report(shared('letters.ts'), 'acme/letters:xyz');
  expect(found.units.map(({ id }) => id)).toEqual(['acme/letters:xyz']);
  expect(found.passed).toBeGreaterThan(5);
  const { exitCode, stderr } = await zoo(['check', shared('injected.ts'), 'pik']);
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/unknown-unit[^]*Did you mean pick\?/)]);
});

it('checks the rows that a wrapper makes', async () => {
  const source = `import { architecture, unitOf, wrapper } from 'chomsky-zoo';
const same = wrapper('same', (base) => {
  const { meta } = unitOf(base);
  return architecture({ ...meta, id: 'same-' + meta.id })(class extends base {});
});
const bare = wrapper('bare', () => class {});
export default { name: 'wrappers', version: '1.0.0', zoo: '*', architectures: [same, bare] };
`;
  const found = await report(folder.write('wrappers.ts', source));
  expect(found.units.map(({ id }) => id)).toEqual(['same-lstm', 'bare-lstm']);
  expect(failures(found)).toEqual([
    expect.objectContaining({ id: 'bare-lstm', problem: expect.stringMatching(/is not decorated/) }),
  ]);
});
