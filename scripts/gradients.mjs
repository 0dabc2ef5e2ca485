/**
 * Prints src/engine/tfjs-gradients.js: gradients and methods of tensors of TensorFlow.js, which its package `tfjs-core` has
 * only as ES modules that Node.js cannot load. The union package has them for Node.js, and brings 240 MB of layers, converters
 * and WebGL along. What `tfjs-core` exports is taken from there; the rest is bundled: gradients, and helpers of theirs.
 *
 *   node scripts/gradients.mjs > src/engine/tfjs-gradients.js     after another version of tfjs-core
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const name = '@tensorflow/tfjs-core';
const require = createRequire(import.meta.url);
const core = require(name);
const { version } = require(`${name}/package.json`);
const folder = dirname(require.resolve(name));

/** Modules that export what the package exports by the same names. */
const isPublic = /(^|\/)(ops\/.*|kernel_names|kernel_registry|environment|globals|base)$/;

/** What the package exports in another form. */
const standIns = {
  'engine.js': 'export const ENGINE = tf.engine();',
  'tensor.js': 'export const { Tensor } = tf; export const getGlobalTensorClass = () => Tensor;',
};

/** An import from inside the package, as a look at the package (`tf`) where that exports the same. */
function outward(statement, words, namespace, module) {
  if (namespace) return namespace in core ? `const { ${namespace} } = tf;` : statement;
  if (!isPublic.test(module)) return statement;
  const names = words.split(',').map((word) => word.trim().split(/\s+as\s+/));
  const outside = names.filter(([exported]) => exported in core).map((pair) => pair.join(': '));
  const inside = names.filter(([exported]) => exported && !(exported in core)).map((pair) => pair.join(' as '));
  return `const { ${outside.join(', ')} } = tf; ${inside.length ? `import { ${inside.join(', ')} } from '${module}';` : ''}`;
}

const onlyWhatIsInside = {
  name: 'only-what-is-inside',
  setup({ onLoad }) {
    onLoad({ filter: /tfjs-core[\\/]dist[\\/].*\.js$/ }, async ({ path }) => {
      const standIn = standIns[path.slice(folder.length + 1)];
      if (standIn) return { contents: standIn };
      const source = (await readFile(path, 'utf8')).replace(/^\/\/# sourceMappingURL=.*$/m, '');
      const contents = source.replace(/^import (?:\{([^}]*)\}|\* as (\w+)) from '([^']+)';/gm, outward);
      return { contents };
    });
  },
};

const entry = ['register_all_gradients', 'public/chained_ops/register_all_chained_ops'];
const { outputFiles } = await build({
  stdin: { contents: entry.map((file) => `import './${file}.js';`).join('\n'), resolveDir: folder },
  bundle: true,
  write: false,
  format: 'cjs',
  platform: 'node',
  target: 'es2022',
  plugins: [onlyWhatIsInside],
  minify: true,
  lineLimit: 120,
  legalComments: 'none',
  logLevel: 'error',
});
process.stdout.write(`/**
 * @license
 * Copyright 2017-2024 Google LLC. All Rights Reserved. Licensed under the Apache License, Version 2.0
 * (http://www.apache.org/licenses/LICENSE-2.0). Of ${name} ${version}, bundled by scripts/gradients.mjs.
 */
const tf = require('${name}');
${outputFiles[0].text}`);
