import { indicesOf, producer, sameShape, sizeOf, type Graph, type Node, type Value } from '../ir/graph';
import { range } from '../ir/shapes';

/** Extent of the last dimension; everything before it counts rows. */
export const widthOf = (value: Value): number => value.shape.at(-1) ?? 1;
export const rowsOf = (value: Value): number => sizeOf(value.shape) / widthOf(value);

/** The value before all reshapes that keep its width, such as [batch, time, width] -> [batch * time, width]. */
export function underlying(value: Value): Value {
  const source = producer(value, 'Reshape')?.inputs[0];
  return source && widthOf(source) === widthOf(value) ? underlying(source) : value;
}

/** Whether a value is one row, for rows of that width. */
const isRow = (value: Value, width: number): boolean =>
  width > 1 && value.dtype === 'float32' && widthOf(value) === width && sizeOf(value.shape) === width;

/** The many rows and the one row that an Add or Mul of that kind combines. */
export interface Combined {
  readonly x: Value;
  readonly row: Value;
}
export function combined(node: Node | undefined, operator: 'Add' | 'Mul'): Combined | undefined {
  if (node?.operator !== operator) return undefined;
  const [a, b] = node.inputs as [Value, Value];
  const output = node.outputs[0]!;
  const matches = (x: Value, row: Value) => sameShape(x.shape, output.shape) && rowsOf(x) > 1 && isRow(row, widthOf(x));
  if (matches(a, b)) return { x: a, row: b };
  return matches(b, a) ? { x: b, row: a } : undefined;
}

/** The input of a node that sums all rows to one. */
export function summedRows(node: Node): Value | undefined {
  if (node.operator !== 'ReduceSum') return undefined;
  const [x, axes] = node.inputs as [Value, Value];
  const leading = range(x.shape.length - 1);
  return leading.length > 0 && indicesOf(axes)!.join() === leading.join() ? x : undefined;
}

/** Whether the node reduces only the last dimension, and keeps it. */
export function reducesWidth(node: Node | undefined, operator: string): node is Node {
  if (node?.operator !== operator || node.attributes.keepdims !== 1) return false;
  return indicesOf(node.inputs[1])!.join() === String(node.inputs[0]!.shape.length - 1);
}

/** The nodes that use a value, and `undefined` if it is an output of the graph. */
export function consumersOf(graph: Graph): (value: Value) => readonly (Node | undefined)[] {
  const consumers = new Map<Value, (Node | undefined)[]>();
  const add = (value: Value | null, consumer: Node | undefined) => {
    if (!value) return;
    const list = consumers.get(value);
    if (list) list.push(consumer);
    else consumers.set(value, [consumer]);
  };
  for (const node of graph.nodes) for (const input of new Set(node.inputs)) add(input, node);
  for (const output of graph.outputs) add(output, undefined);
  return (value) => consumers.get(value) ?? [];
}
