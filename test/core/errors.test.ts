import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ZooError, zooError, messages } from '../../src/core/errors';
import { packageRoot } from '../../src/core/package';

const page = readFileSync(join(packageRoot, 'docs', 'errors.md'), 'utf8');

it('has every code on the page, and no other', () => {
  const headings = [...page.matchAll(/^### (.*)$/gm)].map(([, code]) => code!);
  expect(headings.sort()).toEqual(Object.keys(messages).sort());
});

it('explains each code', () => {
  for (const section of page.split(/^### /m).slice(1))
    expect(section.split('\n').slice(1).join(' ').trim().length).toBeGreaterThan(40);
});

it('says what happened, the nearest names and what to try', () => {
  const error = zooError('unknown-unit', {
    kind: 'task',
    id: 'partiy',
    nearest: ['parity', 'majority'],
    place: 'my.json, tasks[0]',
  });
  expect(error).toBeInstanceOf(ZooError);
  expect(error.code).toBe('unknown-unit');
  expect(error.message).toBe(
    'There is no task called "partiy" (my.json, tasks[0]).\nDid you mean parity, majority?\nzoo list shows every name.',
  );
});

it('lists several problems below each other', () => {
  expect(zooError('invalid-value', { place: 'f', problems: ['a', 'b'] }).what).toBe('f:\n  - a\n  - b');
  expect(zooError('corrupt-records', { records: [{ file: 'a', reason: 'b' }] }).what).toBe(
    'A record is damaged and left out:\n  - a: b',
  );
});
