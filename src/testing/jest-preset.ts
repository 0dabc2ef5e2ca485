import { createRequire } from 'node:module';
import { join } from 'node:path';
import { codeExtension } from '../core/package';
import { doors, standIns } from '../../registry/plugin-loader';

const { resolve } = createRequire(__filename);
const exactly = (name: string): string => `^${name.replaceAll('/', '\\/')}$`;
/** What plugin and zoo share is one copy in tests too, wherever a test's own package has another. */
const libraries = ['@tensorflow/tfjs-core', 'class-validator', 'class-transformer', 'tsyringe'];

/** Jest for a plugin package: `{ "preset": "chomsky-zoo" }`. TypeScript is compiled as `--plugin` compiles it. */
const preset: object = {
  testEnvironment: 'node',
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  moduleNameMapper: Object.fromEntries([
    ...Object.entries({ ...standIns, ...doors }).map(([name, file]) => [exactly(name), file]),
    ...libraries.map((name) => [exactly(name), resolve(name)]),
  ]),
  setupFiles: [resolve('reflect-metadata')],
  transform: { '^.+\\.[cm]?tsx?$': join(__dirname, `jest-transform${codeExtension}`) },
  testTimeout: 120_000, // no test is about time
};

/** Whole, without the types of its properties: they would be declared as exports, which ES modules do not find. */
export = preset;
