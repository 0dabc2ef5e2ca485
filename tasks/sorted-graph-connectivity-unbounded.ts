import { type TaskMeta, task } from '../registry';
import { merrill2026 } from './parts/references';
import { SortedGraphConnectivity } from './sorted-graph-connectivity';

const meta = {
  id: 'sorted-graph-connectivity-unbounded',
  version: 1,
  title: 'Sorted graph connectivity, unbounded',
  summary:
    'Two nodes, and one edge from each node to any later one, sorted; whether the first node leads to the second.',
  level: 'polynomial-time',
  circuitClass: { name: 'L-complete', reference: merrill2026 },
  reference: merrill2026,
  answerLengthRule: 'always 1',
  labels: { final: true, aligned: false },
  variantOf: 'sorted-graph-connectivity',
  theory: { evenCycle: false, oddCycle: false, memory: 'logarithmic' },
} satisfies TaskMeta;

/** The problem of the theorem: an edge may lead to every later node. */
@task(meta)
export class SortedGraphConnectivityUnbounded extends SortedGraphConnectivity {
  constructor() {
    super({ reach: Infinity });
  }
}
