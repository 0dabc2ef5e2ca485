import assert from 'node:assert/strict';
import type { Graph, Node, Value } from '../ir/graph';
import { Operators } from '../ir/operators';

/** What a rule may know of the graph as it was before this sweep. */
export interface Context {
  /** The node as it was, with the inputs it had. */
  readonly old: Node;
  /** How often a value of the old graph is used; being an output counts as a use. */
  uses(old: Value): number;
  /** What stands for a value of the old graph now. */
  renew(old: Value): Value;
}

/**
 * Values that may stand for a node's outputs, or nothing where the rule does not apply. The node is a draft: its inputs
 * have been replaced already, and it joins the graph only if no rule applies. A rule may append nodes to `graph`.
 * A rule must not apply to what it leaves behind, since rules are applied for as long as one of them does.
 */
export type Rule = (node: Node, graph: Operators, context: Context) => readonly Value[] | undefined;

/** Rules that have to look at a whole graph first are made for each sweep. */
export type RulesFor = (graph: Graph) => readonly Rule[];

/**
 * Chains of rules that make room for each other are short; more sweeps than this mean that two rules undo each other.
 */
const mostSweeps = 20;

/** Nodes that rules append before any of them applies have ids that no graph has. */
const scratchIds = 2 ** 40;

/**
 * The graph after all rules, in sweeps until none applies. A sweep builds the graph anew, in order: every node is
 * offered to the rules in turn, and the first that applies replaces it. Neither equal nor dead nodes are left behind.
 */
export function rewrite(graph: Graph, rules: readonly Rule[] | RulesFor): Graph {
  const rulesFor = typeof rules === 'function' ? rules : () => rules;
  let current = graph;
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    const own = rulesFor(current);
    const uses = countUses(current);
    const first = firstReplaceable(current, own, uses);
    if (first < 0) return current;
    current = rebuild(current, own, uses, first);
  }
  assert.fail(`rules still apply to the graph of ${graph.label} after ${mostSweeps} sweeps`);
}

/**
 * Where the first node is that a rule applies to, or -1. Often there is none, and asking costs far less than building.
 */
function firstReplaceable(graph: Graph, rules: readonly Rule[], uses: Context['uses']): number {
  const scratch = new Operators(scratchIds);
  const renew = (value: Value): Value => value;
  return graph.nodes.findIndex((old) => replacementOf(old, rules, scratch, { old, renew, uses }));
}

/** Builds the graph anew. No rule applies to the nodes before `first`. */
function rebuild(graph: Graph, rules: readonly Rule[], uses: Context['uses'], first: number): Graph {
  const building = new Operators();
  const renewed: Value[] = []; // by id of the old value
  for (const input of graph.inputs) renewed[input.id] = building.input(input);
  const renew = (value: Value): Value => (renewed[value.id] ??= constant(value, building));
  graph.nodes.forEach((old, at) => {
    building.origin = old.origin;
    const inputs = old.inputs.map((input) => input && renew(input));
    const draft = building.draft(old.operator, inputs, old.outputs, old.attributes, old.domain);
    const replacement = at < first ? undefined : replacementOf(draft, rules, building, { old, renew, uses });
    const values = replacement ?? building.append(draft);
    old.outputs.forEach((output, i) => (renewed[output.id] = values[i]!));
  });
  return building.finish(graph.outputs.map(renew), graph.label);
}

function replacementOf(
  draft: Node,
  rules: readonly Rule[],
  graph: Operators,
  context: Context,
): readonly Value[] | undefined {
  for (const rule of rules) {
    const values = rule(draft, graph, context);
    if (values) return values;
  }
  return undefined;
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
