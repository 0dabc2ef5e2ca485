import { discover, unitFolders } from '../../../registry/discover';
import { Registry } from '../../../registry/registry';
import type { Protocol } from '../../../src/core/protocol';
import { checkDemands, demandsOf } from '../../../src/run/experiment/demand';
import { makeCell } from '../../support/records';

const registry = discover(new Registry(), ...unitFolders);
const cellWith = (change: (protocol: Protocol) => void) => {
  const cell = makeCell();
  const protocol = structuredClone(cell.specification.protocol);
  change(protocol);
  return { ...cell, specification: { ...cell.specification, protocol } };
};
const machine = { file: 'x.json', workers: 2, memory: 8 * 2 ** 30 };

it('of a usual cell is a few megabytes, and of a baseline nothing is said', () => {
  const [demand, ...others] = demandsOf(registry, [makeCell(), makeCell({ architecture: 'uniform', baseline: true })]);
  expect(others).toEqual([]);
  expect(demand!.least.bytes).toBeGreaterThan(2 ** 17);
  expect(demand!.likely).toBeGreaterThan(demand!.least.bytes);
  expect(demand!.likely).toBeLessThan(2 ** 28);
  expect(checkDemands(registry, [makeCell()], machine)).toBeUndefined();
});

it('is refused where no machine of this memory could hold one batch', () => {
  const huge = cellWith((protocol) => (protocol.batchSize = 1e9));
  expect(() => checkDemands(registry, [huge], machine)).toThrow(
    /1,000,000,000 sequences of 40 tokens at a time take at least 447 GiB, and this machine has 8\.0 GiB/,
  );
});

it('is a note where what is likely does not fit', () => {
  const large = cellWith((protocol) => (protocol.batchSize = 200_000));
  expect(checkDemands(registry, [large, { ...large, key: 'another' }], machine)).toMatch(
    /^About \d+ GiB of memory for the 2 largest cells/,
  );
});

it('lengths from more to less are none', () => {
  const none = cellWith((protocol) => Object.assign(protocol.trainingLengths, { minimum: 50, maximum: 6 }));
  expect(() => checkDemands(registry, [none], machine)).toThrow(/minimum is 50, more than maximum, which is 6/);
});
