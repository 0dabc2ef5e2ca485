import type { Manifest } from '../../../../src/core/contracts/manifest';
import type { Protocol } from '../../../../src/core/protocol';
import { protocolDifferences } from '../../../../src/studies/capability/summarise/protocol-differences';
import { makeManifest } from '../../../support/records';

type Change = (protocol: Protocol) => object;

/** A manifest in which some cells have another protocol. */
function manifestWith(changes: Record<string, Change>): Manifest {
  const manifest = makeManifest({ architectures: ['gru', 'lstm', 'rnn', 'rwkv', 'mamba', 'gla'] });
  const cells = manifest.cells.map((cell) => {
    const { architecture, task, protocol } = cell.specification;
    const change = changes[`${architecture.id} x ${task.id}`] ?? changes[architecture.id];
    if (!change) return cell;
    return { ...cell, specification: { ...cell.specification, protocol: { ...protocol, ...change(protocol) } } };
  });
  return { ...manifest, cells };
}

const longer: Change = ({ steps }) => ({ steps: 5 * steps });

test('a row that saw more sequences says how many times as many', () => {
  expect(protocolDifferences(manifestWith({ lstm: longer }))).toEqual(
    new Map([['lstm', { mark: '†', differs: '5 times the sequences of the others' }]]),
  );
});

test('rows of which the same is said share a mark; a part of the columns is named', () => {
  const faster: Change = ({ optimiser }) => ({ optimiser: { ...optimiser, learningRate: 0.01 } });
  const found = protocolDifferences(manifestWith({ lstm: longer, gru: longer, 'rnn x parity': faster }));
  expect([...found].map(([row, { mark }]) => [row, mark])).toEqual([
    ['gru', '†'],
    ['lstm', '†'],
    ['rnn', '‡'],
  ]);
  const one = protocolDifferences(manifestWith({ 'rnn x parity': faster }));
  expect(one.get('rnn')).toEqual({ mark: '†', differs: 'learning rate 0.01 (others 0.001) on parity' });
});

test('nothing is said where all are trained alike, nor of steps of computation', () => {
  expect(protocolDifferences(manifestWith({})).size).toBe(0);
  expect(protocolDifferences(manifestWith({ lstm: () => ({ computationSteps: 3 }) })).size).toBe(0);
});

test('more differences than signs are numbered', () => {
  const times =
    (factor: number): Change =>
    ({ steps }) => ({ steps: factor * steps });
  const found = protocolDifferences(manifestWith({ gru: times(2), lstm: times(3), rnn: times(4), rwkv: times(5) }));
  expect([...found.values()].map(({ mark }) => mark)).toEqual(['†1', '†2', '†3', '†4']);
});
