import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { builtCli, ensureBuilt } from '../support/built';

const plugins = join(__dirname, '..', 'support', 'registry', 'plugins');

let folder: string;
beforeAll(ensureBuilt);
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-loader-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (file: string, text: string) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};
const zoo = (...words: string[]) =>
  spawnSync(process.execPath, [builtCli, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, CI: '1' },
  });

/** What `tsc` makes of a plugin. */
const emitted = (name: string, module: ModuleKind) =>
  transpileModule(readFileSync(join(plugins, name), 'utf8'), {
    fileName: name,
    compilerOptions: {
      module,
      target: ScriptTarget.ES2022,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      useDefineForClassFields: false,
      esModuleInterop: true,
    },
  }).outputText;

/** A tree of its own around a plugin, whose copies of what the zoo runs on must stay untouched. */
function ownTree(): void {
  for (const name of ['chomsky-zoo', '@tensorflow/tfjs-core', '@tensorflow/tfjs', 'class-validator', 'tsyringe']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '9.9.9', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, `throw new Error('a second copy of ${name} was loaded')`);
  }
}

describe.each([
  ['TypeScript in an ES module package', { type: 'module', main: 'index.ts' }, undefined],
  ['an ES module', { type: 'module', exports: './index.js' }, ModuleKind.ES2022],
  ['CommonJS as tsc emits it', { main: 'index.js' }, ModuleKind.CommonJS],
])('a plugin package that is %s', (_, description, module) => {
  beforeEach(() => {
    ownTree();
    const text =
      module === undefined ? readFileSync(join(plugins, 'injected.ts'), 'utf8') : emitted('injected.ts', module);
    write('package.json', JSON.stringify({ name: 'injected', version: '1.0.0', ...description }));
    write(module === undefined ? 'index.ts' : 'index.js', text);
  });
  const file = module === undefined ? './index.ts' : './index.js';

  it('runs on the one copy of everything, and is given what its constructors ask for', () => {
    const task = zoo('solve', 'pick', '0 1 2', '--set', 'place=2', '--plugin', file);
    expect([task.stdout, task.stderr]).toEqual([expect.stringMatching(/^output +c +2$/m), '']);
    const row = zoo('show', 'letters-model', '--plugin', file);
    expect([row.stdout, row.stderr]).toEqual([expect.stringMatching(/parameters +16$/m), '']);
  });
});

it('what a CommonJS plugin requires runs on the one copy too', () => {
  ownTree();
  write('node_modules/helper/package.json', JSON.stringify({ name: 'helper', version: '1.0.0' }));
  write('node_modules/helper/index.js', "module.exports = require('chomsky-zoo').createRng('a').integer(1);");
  write('plugin.cjs', `const symbol = String(require('helper'));\n${emitted('letters.ts', ModuleKind.CommonJS)}`);
  expect(zoo('solve', 'acme/letters:xyz', '0', '--plugin', './plugin.cjs').stderr).toBe('');
});

it('the union package of the tensor library is the one copy too, with gradients and methods of tensors', () => {
  ownTree();
  const used =
    "const tf = require('@tensorflow/tfjs');\nconst three = tf.grad((x) => x.mul(3))(tf.scalar(5)).dataSync()[0];";
  const same =
    "if (three !== 3 || tf.Tensor !== require('@tensorflow/tfjs-core').Tensor) throw new Error('another copy');";
  write('plugin.cjs', `${used}\n${same}\n${emitted('letters.ts', ModuleKind.CommonJS)}`);
  const { status, stderr } = zoo('solve', 'acme/letters:xyz', '0', '--plugin', './plugin.cjs');
  expect([status, stderr]).toEqual([0, '']);
});

it('a plugin may await something', () => {
  write('package.json', JSON.stringify({ type: 'module' }));
  write('plugin.ts', `${readFileSync(join(plugins, 'injected.ts'), 'utf8')}\nawait Promise.resolve();\n`);
  expect(zoo('solve', 'pick', '0 1 2', '--plugin', './plugin.ts').stdout).toMatch(/^output +a +0$/m);
});

describe('an error thrown by a plugin', () => {
  /** One row, whose method is in line 9. */
  const broken = (method: string) => `import { architecture } from 'chomsky-zoo';
class Nothing {}
const reference = { authors: 'Nobody', title: 'None', identifier: 'https://example.org' };
const parameters = [{ name: 'a', shape: [1], initializer: () => new Float32Array(1) }];
const meta = { id: 'row', version: 1, title: 'Row', year: 2026, summary: 'Fails.', reference };

@architecture({ ...meta, capabilities: { causal: true }, hyperparameters: Nothing })
class Row {
  ${method}
}
export default { name: 'broken', version: '1.0.0', zoo: '*', architectures: [Row] };
`;
  const tiny = ['protocol.steps=1', 'protocol.batchSize=2', 'protocol.trainingLengths.maximum=3'];
  const settings = tiny.flatMap((each) => ['--set', each]);

  it('is shown with its line, here and where it happened in a worker', () => {
    write('early.ts', broken('build = () => absent;'));
    const shown = zoo('show', 'row', '--plugin', './early.ts', '--debug');
    expect([shown.status, shown.stderr]).toEqual([1, expect.stringMatching(/absent is not defined[^]*early\.ts:9:17/)]);
    write('late.ts', broken('build = () => ({ parameters, forward: () => missing.anything });'));
    const words = ['smoke', '--plugin', './late.ts', '--only', 'row x parity', '--workers', '1', ...settings];
    const run = zoo('run', ...words, '--engine', 'cpu', '--debug');
    expect([run.status, run.stderr]).toEqual([1, expect.stringMatching(/missing is not defined[^]*late\.ts:9:55/)]);
  });

  it('is shown with its line where the plugin is loaded', () => {
    write('throws.mjs', "const reason = 'out of order';\n\nthrow new Error(reason);\n");
    const shown = zoo('list', '--plugin', './throws.mjs', '--debug');
    expect(shown.stderr).toMatch(/plugin-broken[^]*out of order[^]*throws\.mjs:3:7/);
  });
});
