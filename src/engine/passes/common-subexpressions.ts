import type { Graph, Node, Value } from '../ir/graph';
import { rewrite } from './rewrite';

/** a + b is b + a. */
const commutative: ReadonlySet<string> = new Set(['Add', 'Mul', 'Max', 'Min', 'Equal', 'And', 'Or']);

function identityOf({ operator, domain, inputs, attributes }: Node): string {
  const ids = inputs.map((input) => input?.id ?? -1);
  if (commutative.has(operator)) ids.sort((a, b) => a - b);
  return `${domain}:${operator}(${ids.join()})${JSON.stringify(attributes)}`;
}

/** Computes once what is computed more than once: same operator, same attributes, same inputs. */
export function eliminateCommonSubexpressions(graph: Graph): Graph {
  const known = new Map<string, readonly Value[]>();
  return rewrite(graph, [
    (node) => {
      const identity = identityOf(node);
      const earlier = known.get(identity);
      if (!earlier) known.set(identity, node.outputs);
      return earlier;
    },
  ]);
}
