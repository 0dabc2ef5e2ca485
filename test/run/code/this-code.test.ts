import { discover, unitFolders } from '../../../registry/discover';
import { Registry } from '../../../registry/registry';
import { jobOf } from '../../../src/core/cell';
import type { CellSpecification } from '../../../src/core/contracts/record';
import type { Stored } from '../../../src/core/contracts/store';
import { identified } from '../../../src/run/code/identity';
import { ofThisCode } from '../../../src/run/code/this-code';
import { makeRecord, makeSpecification } from '../../support/records';

const registry = discover(new Registry(), ...unitFolders);
const here = identified(registry, jobOf(makeSpecification(), [])).specification as CellSpecification;
const finished = (changes: Partial<CellSpecification>): [string, Stored] => {
  const job = jobOf<CellSpecification>({ ...here, ...changes }, []);
  return [job.key, { status: 'finished', record: { ...makeRecord(), ...job } }];
};

it('keeps records of the code at hand, makes others stale and counts them by what differs', () => {
  const given = new Map<string, Stored>([
    finished({}),
    finished({ engineRevision: 9, seed: 2 }),
    finished({ engineRevision: 9, seed: 3 }),
    finished({ architecture: { ...here.architecture, id: 'gone' } }),
    finished({ pluginCode: [{ name: 'mine', version: '1', digest: '0'.repeat(64) }] }),
    ['missing', { status: 'missing' }],
  ]);
  const { stored, leftOut } = ofThisCode(registry, given);
  expect([...stored.values()].map(({ status }) => status)).toEqual([
    ...['finished', 'stale', 'stale', 'stale', 'stale', 'missing'],
  ]);
  expect([...leftOut]).toEqual([
    ['the engine onnx went from revision 9 to 1', 2],
    ['There is no architecture called "gone"', 1],
    ['plugin mine lost its part in it', 1],
  ]);
});
