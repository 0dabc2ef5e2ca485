/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/test/support/shared-realm-environment.js',
  // Jest would wrap properties of the shared constructors after each file; setting one then recurses without end.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // No test is about time: this is for machines that do much else.
  testTimeout: 600_000,
  maxWorkers: '100%',
  setupFiles: ['reflect-metadata'],
  // What a plugin imports by these names is the package itself; tsconfig.json says the same.
  moduleNameMapper: {
    '^chomsky-zoo$': '<rootDir>/registry/index.ts',
    '^chomsky-zoo/layers$': '<rootDir>/architectures/layers/index.ts',
    '^chomsky-zoo/api$': '<rootDir>/src/api/index.ts',
    '^chomsky-zoo/executors$': '<rootDir>/src/run/index.ts',
    '^chomsky-zoo/studies$': '<rootDir>/src/studies/index.ts',
    '^@tensorflow/tfjs-core$': '<rootDir>/test/support/tensorflow.js',
    // One file instead of hundreds, which every test file would load anew.
    '^class-(validator|transformer)$': '<rootDir>/node_modules/class-$1/bundles/class-$1.umd.js',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.dist-'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
};
