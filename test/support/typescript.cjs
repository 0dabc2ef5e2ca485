// Lets Node.js run the sources of this project without a build, compiled exactly as Jest compiles them:
// node --require ./test/support/typescript.cjs src/cli/main.ts
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

const [, options] = Object.values(require('../../jest.config.js').transform)[0];

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    ...options,
    filename,
    sourceMaps: 'inline',
    swcrc: false,
  });
  module._compile(code, filename);
};
