import type { Graph, HostArray, Node, Value } from '../ir/graph';
import { broadcastIndices, type Numbers } from './indices';
import { formulaOf } from './elementwise';
import { layoutRules } from './layout';
import { productRules } from './products';
import { reductionRules } from './reductions';
import { arrayFor, type Computation, type Rule } from './rule';

const rules: Readonly<Record<string, Rule>> = { ...layoutRules, ...productRules, ...reductionRules };

/** Operators that work on each element apart, inputs broadcast. */
function elementwise({ operator, attributes, inputs, outputs: [output] }: Node): Computation | undefined {
  const formula = formulaOf(operator, attributes, output!.dtype, inputs[0]!.dtype);
  if (!formula) return undefined;
  const places = inputs.map((input) => broadcastIndices(input!.shape, output!.shape));
  return ([a, b, c]) => {
    const result = arrayFor(output!);
    const [i, j, k] = places;
    for (let at = 0; at < result.length; at++)
      result[at] = formula(a![i![at]!]!, b ? b[j![at]!]! : 0, c ? c[k![at]!]! : 0) as number;
    return [result];
  };
}

/** Every element is the first one. */
const expand: Rule = ({ inputs: [x], outputs: [output] }) => {
  const places = broadcastIndices(x!.shape, output!.shape);
  return ([numbers]) => [arrayFor(output!).map((_: number, i: number) => numbers![places[i]!]!)];
};

function computationOf(node: Node): Computation {
  const rule = node.operator === 'Expand' ? expand : rules[node.operator];
  const computation = rule?.(node) ?? elementwise(node);
  if (!computation) throw new TypeError(`The interpreter has no operator ${node.operator}`);
  return computation;
}

function contentOf(value: Value): Numbers | undefined {
  if (value.source.kind !== 'constant') return undefined;
  const { content } = value.source;
  if ('fill' in content) return arrayFor(value).fill(content.fill);
  return content.data instanceof BigInt64Array ? Float64Array.from(content.data, Number) : content.data;
}

interface Step {
  readonly inputs: readonly (Value | null)[];
  readonly outputs: readonly Value[];
  readonly compute: Computation;
}

/**
 * Computes a graph in plain JavaScript, operator by operator: the reference that compiled engines are held against, and
 * what replays a trained model where there is no engine. It imports nothing but the shapes of graphs. Sums are taken in
 * double precision and every result is rounded to its type.
 */
export class Interpreter {
  /** What is the same in every run. */
  private readonly known = new Map<Value, Numbers>();
  private readonly steps: Step[] = [];
  private readonly asked: readonly Value[];

  /** The first inputs may be given once and for all, such as weights; what follows from them alone is computed once. */
  constructor(
    private readonly graph: Graph,
    given: readonly HostArray[] = [],
  ) {
    given.forEach((numbers, i) => this.known.set(graph.inputs[i]!, numbers as Numbers));
    this.asked = graph.inputs.slice(given.length);
    for (const node of graph.nodes) {
      const step = { inputs: node.inputs, outputs: node.outputs, compute: computationOf(node) };
      for (const input of node.inputs) {
        const content = input && !this.known.has(input) && contentOf(input);
        if (content) this.known.set(input, content);
      }
      if (node.inputs.every((input) => !input || this.known.has(input))) take(step, this.known);
      else this.steps.push(step);
    }
  }

  /** Values of the inputs that were not given before -> values of all outputs, which are not to be written to. */
  run(inputs: readonly HostArray[]): Numbers[] {
    const values = new Map(this.known);
    this.asked.forEach((input, i) => values.set(input, inputs[i] as Numbers));
    for (const step of this.steps) take(step, values);
    return this.graph.outputs.map((output) => values.get(output) ?? contentOf(output)!);
  }
}

function take({ inputs, outputs, compute }: Step, values: Map<Value, Numbers>): void {
  const results = compute(inputs.map((input) => (input ? values.get(input) : undefined)));
  outputs.forEach((output, i) => values.set(output, results[i]!));
}
