import { sameShape, type Graph, type HostArray, type Node, type Value } from '../ir/graph';
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
  // Where an input has the shape of the result, no list of places is needed.
  const places = inputs.map((input) =>
    sameShape(input!.shape, output!.shape) ? undefined : broadcastIndices(input!.shape, output!.shape),
  );
  return ([a, b, c]) => {
    const result = arrayFor(output!);
    const [i, j, k] = places;
    if (!b) for (let at = 0; at < result.length; at++) result[at] = formula(a![at]!, 0, 0) as number;
    else if (!c)
      for (let at = 0; at < result.length; at++)
        result[at] = formula(a![i ? i[at]! : at]!, b[j ? j[at]! : at]!, 0) as number;
    else
      for (let at = 0; at < result.length; at++)
        result[at] = formula(a![i ? i[at]! : at]!, b[j ? j[at]! : at]!, c[k ? k[at]! : at]!) as number;
    return [result];
  };
}

function computationOf(node: Node): Computation {
  const computation = rules[node.operator]?.(node) ?? elementwise(node);
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

  /**
   * `given` are the values of inputs from `from` on that are the same in every run, such as weights; what follows from them
   * alone is computed once.
   */
  constructor(
    private readonly graph: Graph,
    given: readonly HostArray[] = [],
    from = 0,
  ) {
    given.forEach((numbers, i) => this.known.set(graph.inputs[from + i]!, numbers as Numbers));
    this.asked = graph.inputs.filter((input) => !this.known.has(input));
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
