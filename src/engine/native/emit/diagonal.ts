import type { Above } from '../passes/triangles';
import type { LoopAddresses } from './loop-addresses';
import { levelOf, type Loop, type LoopNode } from '../plan/loops';

/**
 * Rows of fewer whole vectors are left as they are: compilers write their loops out, and then round otherwise than in loops
 * whose end they do not know.
 */
const fewestVectors = 3;

/** Whether a node does without what is above the diagonal of its square. What it writes there is zeros. */
function endsAtDiagonal({ node, shape, value, reduction }: LoopNode, addresses: LoopAddresses): boolean {
  const above = node.attributes.above as Above | undefined;
  if (shape.at(-1) !== shape.at(-2)) return false;
  if (reduction) return reduction === 'row' && above === 'passed';
  const { stored } = value;
  return above === 'zero' || above === 'unwanted'
    ? !stored || addresses.of(stored).strides.at(-1) === 1
    : above === 'low' && !stored;
}

/**
 * Whether rows of a loop end at the diagonal, as those of causal attention do: everything that it computes for each
 * element is known above (passes/triangles.ts).
 */
export function isTriangular(loop: Loop, addresses: LoopAddresses, lanes: number): boolean {
  const elements = loop.nodes.filter((node) => levelOf(node) === 'element');
  return (
    loop.rowSize !== undefined &&
    loop.rowSize >= fewestVectors * lanes &&
    addresses.inner === 1 &&
    elements.every((node) => node.shape.at(-1) === loop.rowSize && endsAtDiagonal(node, addresses))
  );
}
