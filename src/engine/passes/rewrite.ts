import assert from 'node:assert/strict';
import type { Graph, Node, Value } from '../ir/graph';
import { Operators } from '../ir/operators';

/** What a rule may know of the graph as it was. */
export interface Context {
  /** The node as it was, with the inputs it had. */
  readonly old: Node;
  /** How often a value of the old graph is used; being an output counts as a use. */
  uses(old: Value): number;
  /** What stands for a value of the old graph now. */
  renew(old: Value): Value;
}

/** Values that may stand for a node's outputs, or nothing where the rule does not apply. May append nodes to `graph`. */
export type Rule = (node: Node, graph: Operators, context: Context) => readonly Value[] | undefined;

/**
 * Builds the graph anew in one sweep, in order: each node is asked for a replacement by every rule in turn,
 * its inputs being replaced already. Nodes that nothing uses any more are left to dead-code elimination.
 */
export function rewrite(graph: Graph, rules: readonly Rule[]): Graph {
  const rewritten = new Operators();
  const renewed: Value[] = []; // by id of the old value
  const uses = countUses(graph);
  for (const input of graph.inputs) renewed[input.id] = rewritten.input(input);
  const renew = (value: Value): Value => (renewed[value.id] ??= constant(value, rewritten));
  for (const old of graph.nodes) {
    rewritten.origin = old.origin;
    const inputs = old.inputs.map((input) => input && renew(input));
    const copies = rewritten.node(old.operator, inputs, old.outputs, old.attributes, old.domain);
    const values = replacement(copies, rules, rewritten, { old, renew, uses });
    old.outputs.forEach((output, i) => (renewed[output.id] = values[i]!));
  }
  return rewritten.finish(graph.outputs.map(renew), graph.label);
}

function replacement(
  copies: readonly Value[],
  rules: readonly Rule[],
  graph: Operators,
  context: Context,
): readonly Value[] {
  const [first] = copies;
  if (first?.source.kind !== 'node') return copies;
  for (const rule of rules) {
    const values = rule(first.source.node, graph, context);
    if (values) return values;
  }
  return copies;
}

export function countUses(graph: Graph): Context['uses'] {
  const uses: number[] = []; // by id
  const use = (value: Value | null) => value && (uses[value.id] = (uses[value.id] ?? 0) + 1);
  for (const { inputs } of graph.nodes) inputs.forEach(use);
  graph.outputs.forEach(use);
  return ({ id }) => uses[id] ?? 0;
}

function constant(value: Value, graph: Operators): Value {
  const { source, shape, dtype } = value;
  assert(source.kind === 'constant', `value ${value.id} is used before it is computed`);
  const { content } = source;
  return 'fill' in content ? graph.fill(content.fill, shape, dtype) : graph.constant(content.data, shape, dtype);
}
