import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/core/package';

/** Tests of more than one source, and of what is no source: the start of a path under test/, and of what. */
const aboutTheWhole: Record<string, string> = {
  mirror: 'this file',
  'attack/': 'the built command, under attack',
  'architectures/chain-of-thought': 'every wrapped row',
  'architectures/conformance': 'every row',
  'architectures/golden': 'every row',
  'architectures/pages': 'every row and baseline',
  'architectures/layers/sequences': 'what layers are chained with, both forms',
  'bench/peers/': 'bench/peers',
  'bench/verdicts/': 'bench/verdicts',
  'cli/datasets': 'labelled strings named on the command line',
  'cli/keep': 'zoo run and the folder of records: weights that are kept',
  'cli/same-machine': 'zoo run and zoo work on a folder that is kept to one kind of machine',
  'cli/languages': 'languages named on the command line',
  'docs/': 'pages, experiments and results as they are shipped',
  'end-to-end/': 'the built command',
  'engine/support/': 'what checks a graph in other tests',
  'engine/native/products': 'generated code',
  'engine/revision': 'the bits of every engine that compiles',
  'engine/native/vector': 'the C runtime',
  'examples/': 'examples',
  'registry/kinds': 'a plugin of each kind',
  'registry/other-names': 'what every unit is called elsewhere',
  'registry/names': 'every source: none branches on the name of a unit',
  'scripts/': 'scripts',
  'tasks/conformance': 'every task',
  'theory/grid': 'predictions of every row on every column',
  'tasks/pages': 'every task',
  'tasks/published-baselines': 'tasks of the Chomsky-hierarchy suite',
};

/** Sources without a test of their own: the start of a path, and what tests them. */
const testedThrough: Record<string, string> = {
  'architectures/layers/': 'the rows made of them: both forms, gradients, golden numbers',
  'tasks/parts/': 'the tasks made of them, each against a second solver',
  'registry/container.ts': 'registry',
  'registry/plugin-compiler.ts': 'the loader of plugins',
  'registry/units.ts': 'registry, and every unit',
  'src/cli/': 'the commands, run as a person runs them',
  'src/core/citation.ts': 'the citation in docs',
  'src/core/contracts/': 'what keeps to them; little more than types',
  'src/core/error-texts/': 'errors',
  'src/core/experiment.ts': 'experiments that are read, and a plugin of a study',
  'src/core/fields.ts': 'records and manifests that are read',
  'src/core/fork.ts': 'workers',
  'src/core/hyperparameters.ts': 'match, and every unit',
  'src/core/json-file.ts': 'experiments that are read',
  'src/core/overlay.ts': 'settings of an experiment',
  'src/core/names.ts': 'experiments and manifests that are read',
  'src/core/package.ts': 'everything that reads a file of the package',
  'src/core/plain-text.ts': 'what is printed, and manifests that are read',
  'src/core/protocol.ts': 'evaluation and training',
  'src/core/search.ts': 'searches, and cells that are measured with what they chose',
  'src/run/experiment/same-cells.ts': 'predictions and costs that are kept',
  'src/run/run-logs.ts': 'zoo run',
  'src/run/submission/choose.ts': 'zoo submit',
  'src/run/submission/head.ts': 'submissions that are read',
  'src/run/submission/pack.ts': 'the form of submissions, and zoo submit',
  'src/run/submission/shown.ts': 'submissions that are read, and views of them in zoo submit',
  'src/run/submission/submission-store.ts': 'views of submissions, in zoo submit',
  'src/data/vocabulary.ts': 'the format of sequences',
  'src/engine/backends.ts': 'capture and the eager engine',
  'src/engine/eager/open.ts': 'the eager engine',
  'src/engine/eager/source.ts': 'the choice of an engine',
  'src/engine/engines/': 'the choice of an engine',
  'src/engine/handles.ts': 'the engines',
  'src/engine/interpreter/': 'the interpreter, and every operator',
  'src/engine/ir/graph.ts': 'every pass; little more than types',
  'src/engine/native/compile/empty-cache.ts': 'zoo bench',
  'src/engine/native/compile/kept-files.ts': 'the libraries and plans kept there, and attacks on the cache',
  'src/engine/native/emit/innermost-loop.ts': 'loops in C',
  'src/engine/native/emit/loop-parts.ts': 'loops in C',
  'src/engine/native/emit/reductions.ts': 'loops in C',
  'src/engine/native/plan/operands.ts': 'the planner',
  'src/engine/native/plan/placement.ts': 'the planner',
  'src/engine/native/plan/plan.ts': 'the planner',
  'src/engine/onnx/no-telemetry.ts': 'attack/telemetry',
  'src/engine/onnx/session.ts': 'the engine',
  'src/engine/passes/elementwise.ts': 'broadcasting',
  'src/engine/passes/rewrite.ts': 'every pass',
  'src/engine/trace/backend.ts': 'capture and the lowerings',
  'src/engine/trace/lowerings/activation.ts': 'the lowering of fused products',
  'src/evaluation/': 'cells that are measured',
  'src/literature/schema.ts': 'published results',
  'src/literature/claim-schema.ts': 'the catalogue of claims',
  'src/model/': 'compiled models and programs',
  'src/report/figure/': 'figures drawn as text and as pictures',
  'src/page/': 'the page of a report in a browser',
  'src/probes/parts/states.ts': 'probes of states',
  'src/run/code/settings.ts': 'what records are stale for',
  'src/run/merge/same-results.ts': 'folders that are merged, and views of several',
  'src/run/code/module-graph.ts': 'the sources of units',
  'src/run/experiment/studies.ts': 'zoo study',
  'src/run/executor-choice.ts': 'zoo run, and a plugin of an executor',
  'src/run/slurm/': 'the executor slurm, on two nodes',
  'src/run/executors/': 'zoo run',
  'src/run/shared/claim-file.ts': 'claims',
  'src/run/shared/heartbeat': 'claims',
  'src/run/shared/owner.ts': 'claims',
  'src/run/shared/snapshot.ts': 'zoo watch',
  'src/run/workers/runner.ts': 'the pool of processes and the runner of the zoo',
  'src/run/store/': 'the folder of records',
  'src/run/workers/own-runner.ts': 'what executors of plugins are made of',
  'src/studies/': 'experiments that are expanded and shown',
  'src/testing/': 'the conformance of every unit',
  'src/theory/': 'predictions, and zoo theory',
  'src/train/': 'cells that are measured',
};

const typeScript = (folder: string): string[] =>
  readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file))
    .sort();

const sources = ['architectures', 'registry', 'src', 'tasks'].flatMap(typeScript);
const tests = typeScript('test').filter((file) => file.endsWith('.test.ts'));

const listed = (list: Record<string, string>, path: string) =>
  Object.keys(list).some((start) => path.startsWith(start));

/** test/registry/x.test.ts is the test of registry/x.ts, test/engine/x.test.ts that of src/engine/x.ts. */
const sourceOf = (test: string): string | undefined => {
  const path = test.slice('test/'.length).replace(/\.test\.ts$/, '.ts');
  return [path, join('src', path)].find((file) => existsSync(join(packageRoot, file)));
};
const tested = new Set(tests.map(sourceOf));

/** Units: pages.test.ts of their folder asks for what each needs. */
const isUnit = (source: string) => /^(architectures|tasks)\/[^/]+$/.test(source);
/** Whether a module defines anything but types: what only names types or other modules has nothing to test. */
const isCode = (source: string) =>
  /^export (default|async|function|const|class|abstract)|^@/m.test(readFileSync(join(packageRoot, source), 'utf8'));

it('every test has its source, or it is said what it tests', () => {
  const strays = tests.filter((test) => !sourceOf(test) && !listed(aboutTheWhole, test.slice('test/'.length)));
  expect(
    strays.map((test) => `${test}: there is no such source; move it, or say in mirror.test.ts what it tests`),
  ).toEqual([]);
});

it('every source has its test, or it is said what tests it', () => {
  const missing = sources.filter(
    (source) => !tested.has(source) && !isUnit(source) && isCode(source) && !listed(testedThrough, source),
  );
  expect(missing.map((source) => `${source}: write its test, or say in mirror.test.ts what tests it`)).toEqual([]);
});
