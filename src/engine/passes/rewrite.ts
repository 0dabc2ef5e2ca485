import assert from 'node:assert/strict';
import type { Graph, Node, Value } from '../graph/graph';
import { Operators } from '../graph/operators';

/** Values that may stand for a node's outputs, or nothing where the rule does not apply. May append nodes to `graph`. */
export type Rule = (node: Node, graph: Operators) => readonly Value[] | undefined;

/**
 * Builds the graph anew in one sweep, in order: each node is asked for a replacement by every rule in turn,
 * its inputs being replaced already. Nodes that nothing uses any more are left to dead-code elimination.
 */
export function rewrite(graph: Graph, rules: readonly Rule[]): Graph {
  const rewritten = new Operators();
  const valueOf = new Map<Value, Value>();
  for (const input of graph.inputs) valueOf.set(input, rewritten.input(input));
  const renew = (value: Value): Value => valueOf.get(value) ?? constant(value, rewritten, valueOf);
  for (const old of graph.nodes) {
    rewritten.origin = old.origin;
    const inputs = old.inputs.map((input) => input && renew(input));
    const copies = rewritten.node(old.operator, inputs, old.outputs, old.attributes, old.domain);
    const values = replacement(copies, rules, rewritten);
    old.outputs.forEach((output, i) => valueOf.set(output, values[i]!));
  }
  return rewritten.finish(graph.outputs.map(renew), graph.label);
}

function replacement(copies: readonly Value[], rules: readonly Rule[], graph: Operators): readonly Value[] {
  const [first] = copies;
  if (first?.source.kind !== 'node') return copies;
  for (const rule of rules) {
    const values = rule(first.source.node, graph);
    if (values) return values;
  }
  return copies;
}

function constant(value: Value, graph: Operators, valueOf: Map<Value, Value>): Value {
  const { source, shape, dtype } = value;
  assert(source.kind === 'constant', `value ${value.id} is used before it is computed`);
  const { content } = source;
  const copy = 'fill' in content ? graph.fill(content.fill, shape, dtype) : graph.constant(content.data, shape, dtype);
  valueOf.set(value, copy);
  return copy;
}
