import type { Graph, Node, Value } from '../../engine/ir/graph';

/** What only moves numbers. */
const moving = new Set(['Reshape', 'Transpose', 'Slice', 'Split', 'Concat', 'Squeeze', 'Unsqueeze', 'Expand', 'Tile']);
const additive = new Set(['Add', 'Sub', 'Neg']);
/** Non-linear functions of one number that can be as good as a threshold. */
const thresholds = new Set(['Tanh', 'Sigmoid', 'Relu']);

/** How a value depends on the state: not at all or in a way that is not looked at, affinely, by way of a matrix of weights. */
type Way = 'none' | 'affine' | 'weighed';

/**
 * Whether a step has units of an Elman network (1990): a threshold-like function of an affine map of the state by a matrix of
 * weights, sigma(W h + ...). A recurrence can be non-linear without them, and then nothing is known of what it computes.
 */
export function hasElmanUnits(graph: Graph, states: ReadonlySet<Value>, parameters: ReadonlySet<Value>): boolean {
  const ways = new Map<Value, Way>([...states].map((state) => [state, 'affine']));
  const wayOf = (value: Value | null): Way => (value && ways.get(value)) || 'none';
  const isWeight = (value: Value | null): boolean => {
    if (value === null) return false;
    if (value.source.kind !== 'node') return parameters.has(value);
    const { operator, inputs } = value.source.node;
    return moving.has(operator) && isWeight(inputs[0] ?? null);
  };
  const through = ({ operator, inputs }: Node): Way => {
    const [a = null, b = null] = inputs;
    const known = inputs.map(wayOf);
    if (moving.has(operator) || additive.has(operator))
      return known.includes('weighed') ? 'weighed' : known.includes('affine') ? 'affine' : 'none';
    if (operator === 'MatMul')
      return (wayOf(a) !== 'none' && isWeight(b)) || (wayOf(b) !== 'none' && isWeight(a)) ? 'weighed' : 'none';
    return 'none';
  };
  return graph.nodes.some((node) => {
    if (thresholds.has(node.operator) && wayOf(node.inputs[0] ?? null) === 'weighed') return true;
    const way = through(node);
    if (way !== 'none') node.outputs.forEach((output) => ways.set(output, way));
    return false;
  });
}
