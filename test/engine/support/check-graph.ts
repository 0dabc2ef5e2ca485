import { indicesOf, type Graph, type Node, type TensorType, type Value } from '../../../src/engine/ir/graph';
import { Operators } from '../../../src/engine/ir/operators';
import { broadcastShape, fromFront, range, reducedShape, replaced } from '../../../src/engine/ir/shapes';
import { elementwiseOperators } from '../../../src/engine/passes/elementwise';
import { productOf } from '../../../src/engine/passes/matrix-products';
import type { Pass } from '../../../src/engine/passes/pipeline';

/**
 * Fails unless the graph is one: every value is computed once and before it is used, every node is needed by an output,
 * every id belongs to one value, and what nodes give has the shape and the type that their operator gives to their inputs.
 */
export function checkGraph(graph: Graph, after = 'capture'): Graph {
  const fail = (node: Node | undefined, problem: string): never => {
    throw new Error(`after ${after}, ${node ? `${node.operator} (of ${node.origin})` : 'the graph'} ${problem}`);
  };
  const byId = new Map<number, Value>();
  const see = (value: Value, node?: Node) => {
    if ((byId.get(value.id) ?? value) !== value) fail(node, `has a value whose number, ${value.id}, is another's too`);
    byId.set(value.id, value);
  };
  const ready = new Set<Value>(graph.inputs);
  graph.inputs.forEach((input) => see(input));
  for (const node of graph.nodes) {
    for (const input of node.inputs) {
      if (!input) continue;
      see(input, node);
      if (input.source.kind !== 'constant' && !ready.has(input)) fail(node, 'uses what is not computed yet');
    }
    for (const output of node.outputs) {
      see(output, node);
      if (output.source.kind !== 'node' || output.source.node !== node) fail(node, 'gives what is not its own');
      if (ready.has(output)) fail(node, 'gives what is there already');
      ready.add(output);
    }
    const wanted = typesOf(node)?.map(written);
    const given = node.outputs.map(written);
    if (wanted && wanted.join() !== given.join())
      fail(
        node,
        `of ${node.inputs.map((input) => input && written(input)).join(', ')} is said to give ${given.join(', ')}, and gives ${wanted.join(', ')}`,
      );
  }
  for (const output of graph.outputs)
    if (output.source.kind !== 'constant' && !ready.has(output)) fail(undefined, 'gives out what it does not compute');
  const needed = new Set(graph.outputs);
  for (const node of [...graph.nodes].reverse()) {
    if (!node.outputs.some((output) => needed.has(output))) fail(node, 'is computed in vain');
    for (const input of node.inputs) if (input) needed.add(input);
  }
  return graph;
}

/** The graph after all passes, checked after each of them. */
export const checkedAfterEach = (passes: readonly Pass[], graph: Graph): Graph =>
  passes.reduce((current, pass) => checkGraph(pass(current), pass.name), checkGraph(graph));

const written = ({ shape, dtype }: TensorType): string => `${dtype}[${shape.join(' ')}]`;

const comparisons: ReadonlySet<string> = new Set([
  'Equal',
  'Greater',
  'GreaterOrEqual',
  'Less',
  'LessOrEqual',
  'And',
  'Or',
  'Not',
]);

/** What an operator gives to its inputs, by its definition in ONNX; nothing for operators that are not looked into. */
function typesOf(node: Node): TensorType[] | undefined {
  const { operator, attributes } = node;
  const [x, second, third] = node.inputs as [Value, Value, Value];
  const like = (shape: readonly number[], dtype = x.dtype): TensorType[] => [{ shape, dtype }];
  if (operator === 'Cast') return like(x.shape, node.outputs[0]!.dtype);
  if (comparisons.has(operator)) return like(broadcastShape(...node.inputs.map((input) => input!.shape)), 'bool');
  if (elementwiseOperators.has(operator))
    return like(broadcastShape(...node.inputs.map((input) => input!.shape)), node.inputs.at(-1)!.dtype);
  if (operator.startsWith('Reduce')) return like(reducedShape(x.shape, indicesOf(second)!, attributes.keepdims === 1));
  const product = productOf(node);
  if (product) return [new Operators().matrixProduct(product.a, product.b, product.transposeA, product.transposeB)];
  const axis = attributes.axis as number;
  switch (operator) {
    case 'Reshape': {
      const size = (shape: readonly number[]) => shape.reduce((count, extent) => count * extent, 1);
      const shape = indicesOf(second)!;
      return size(shape) === size(x.shape) ? like(shape) : like([]);
    }
    case 'Transpose':
      return like((attributes.perm as readonly number[]).map((from) => x.shape[from]!));
    case 'Expand':
      return like(broadcastShape(x.shape, indicesOf(second)!));
    case 'Tile':
      return like(indicesOf(second)!.map((times, at) => times * x.shape[at]!));
    case 'Concat':
      return like(
        replaced(
          x.shape,
          axis,
          node.inputs.reduce((sum, part) => sum + part!.shape[axis]!, 0),
        ),
      );
    case 'Split':
      return indicesOf(second)!.map((extent) => ({ shape: replaced(x.shape, axis, extent), dtype: x.dtype }));
    case 'Gather':
      return like([...x.shape.slice(0, axis), ...second.shape, ...x.shape.slice(axis + 1)]);
    case 'Slice': {
      const [begin, end, axes, strides] = node.inputs.slice(1).map(indicesOf) as [
        number[],
        number[],
        number[],
        number[],
      ];
      const shape = [...x.shape];
      axes.forEach((along, i) => {
        const [extent, stride] = [x.shape[along]!, strides[i]!];
        const inside = (at: number) =>
          Math.min(Math.max(fromFront(at, extent), stride > 0 ? 0 : -1), stride > 0 ? extent : extent - 1);
        shape[along] = Math.max(0, Math.ceil((inside(end[i]!) - inside(begin[i]!)) / stride));
      });
      return like(shape);
    }
    case 'Pad': {
      const amounts = indicesOf(second)!;
      return like(x.shape.map((extent, at) => extent + amounts[at]! + amounts[at + x.shape.length]!));
    }
    case 'Softmax':
    case 'CumSum':
    case 'ScatterElements':
      return like(x.shape);
    case 'Gemm': {
      const [rows, columns] = [
        x.shape[attributes.transA === 1 ? 1 : 0]!,
        second.shape[attributes.transB === 1 ? 0 : 1]!,
      ];
      return broadcastShape(third.shape, [rows, columns]).join() === `${rows},${columns}`
        ? like([rows, columns])
        : like([]);
    }
    case 'LookUp':
      return like([second.shape[0]!, x.shape[1]!]);
    case 'LayerNormalization': {
      const deviations = x.shape.map((extent, at) => (at < fromFront(axis, x.shape.length) ? extent : 1));
      return range(node.outputs.length).map((at) => ({ shape: at === 0 ? x.shape : deviations, dtype: x.dtype }));
    }
    default:
      return undefined;
  }
}
