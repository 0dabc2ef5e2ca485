import { readFileSync } from 'node:fs';
import { zooError } from '../../src/core/errors';
import { serialiseError } from '../../src/core/serialise-error';

test('an error of the zoo keeps its code and whole text', () => {
  const error = zooError('worker-lost', { cell: 'lstm x parity, seed 1', times: 3, reason: 'ended by SIGKILL' });
  expect(serialiseError(error)).toMatchObject({
    code: 'worker-lost',
    message: error.message,
    stack: expect.any(String),
  });
});

test('a system error keeps its code', () => {
  try {
    readFileSync('/nowhere');
  } catch (error) {
    expect(serialiseError(error)).toMatchObject({ code: 'ENOENT', message: expect.stringContaining('/nowhere') });
  }
  expect.assertions(1);
});

test.each([
  [new TypeError('odd'), 'odd'],
  ['text', 'text'],
  [undefined, 'undefined'],
  [{ code: 7 }, '[object Object]'],
])('%p is unexpected, and still says something', (thrown, message) => {
  expect(serialiseError(thrown)).toMatchObject({ code: 'unexpected', message });
});

test('it survives being sent as data', () => {
  const serialised = serialiseError(new Error('plain'));
  expect(structuredClone(serialised)).toEqual(serialised);
});
