const typescript = require('typescript-eslint');

const hidden = (object, property, instead) => ({ object, property, message: instead });
const pass = 'Pass an Rng: randomness is an argument.';

module.exports = typescript.config(
  {
    ignores: [
      '**/dist/',
      '.dist-*/',
      'node_modules/',
      'coverage/',
      'api/',
      'runs/',
      'results/',
      '**/*.js',
      '**/*.cjs',
      '**/*.mjs',
      'bench/peers/',
      'bench/verdicts/',
    ],
  },
  ...typescript.configs.recommended,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-properties': ['error', hidden('Math', 'random', pass)],
      eqeqeq: 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['architectures/**/*.ts', 'tasks/**/*.ts', 'registry/**/*.ts', 'src/**/*.ts'],
    ignores: ['src/core/clock.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        hidden('Math', 'random', pass),
        hidden('Date', 'now', 'Ask src/core/clock.ts: time is kept in one file.'),
      ],
    },
  },
  {
    files: ['architectures/**/*.ts', 'tasks/**/*.ts', 'registry/**/*.ts', 'src/**/*.ts'],
    ignores: ['src/cli/**/*.ts'],
    rules: { 'no-console': 'error' },
  },
);
