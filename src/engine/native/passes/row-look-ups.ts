import {
  fillOf,
  indicesOf,
  isOf,
  producer,
  sameShape,
  sizeOf,
  type Graph,
  type Node,
  type Value,
} from '../../ir/graph';
import type { Operators } from '../../ir/operators';
import { fromFront, range } from '../../ir/shapes';
import { nodeOf, plainProductOf } from '../../passes/matrix-products';
import { rewrite, type Rule } from '../../passes/rewrite';
import { widthOf } from '../../passes/rows';

/** Whether a value is the constant 0, 1, ..., count - 1, with which one-hot encoding compares. */
function countsUp({ source, shape }: Value): boolean {
  if (source.kind !== 'constant' || !('data' in source.content) || shape.length !== 1) return false;
  return source.content.data.every((element: number | bigint, i: number) => Number(element) === i);
}

/** The class of every row of a one-hot value: [..., depth] -> [...] int32. Appends the nodes that compute it. */
class Classes {
  private readonly known = new Map<Value, Value | undefined>();

  constructor(readonly graph: Operators) {}

  of(oneHot: Value): Value | undefined {
    if (!this.known.has(oneHot)) this.known.set(oneHot, this.find(oneHot));
    return this.known.get(oneHot);
  }

  private find(oneHot: Value): Value | undefined {
    const node = nodeOf(oneHot);
    const rows = oneHot.shape.slice(0, -1);
    if (!node || rows.length === 0) return undefined;
    const [x, second] = node.inputs as [Value, Value];
    if (isOf(node, 'Split')) return this.ofPart(oneHot, node);
    if (isOf(node, 'Transpose')) {
      const { perm } = node.attributes;
      return this.changed(x, perm.at(-1) === rows.length, (classes) =>
        this.graph.transpose(classes, perm.slice(0, -1)),
      );
    }
    switch (node.operator) {
      case 'Cast':
        return oneHot.dtype === 'bool' ? undefined : this.of(x);
      case 'Equal':
        return x.dtype === 'int32' && widthOf(x) === 1 && countsUp(second) ? this.graph.reshape(x, rows) : undefined;
      case 'Reshape':
        return this.changed(x, widthOf(x) === widthOf(oneHot), (classes) => this.graph.reshape(classes, rows));
      default:
        return undefined;
    }
  }

  /** Of an output of a Split that leaves rows whole. */
  private ofPart(oneHot: Value, { inputs, outputs, attributes }: Node<'Split'>): Value | undefined {
    const [x, extents] = inputs as [Value, Value];
    const rows = oneHot.shape.slice(0, -1);
    const axis = fromFront(attributes.axis, x.shape.length);
    return this.changed(x, axis < rows.length, (classes) => {
      const before = indicesOf(extents)!
        .slice(0, outputs.indexOf(oneHot))
        .reduce((sum, extent) => sum + extent, 0);
      const begin = range(rows.length).map((at) => (at === axis ? before : 0));
      return this.graph.slice(
        classes,
        begin,
        begin.map((from, at) => from + rows[at]!),
      );
    });
  }

  private changed(x: Value, keepsRows: boolean, change: (classes: Value) => Value): Value | undefined {
    const classes = keepsRows ? this.of(x) : undefined;
    return classes && change(classes);
  }
}

/** LookUp adds a bias by itself. */
const addBias: Rule = ({ operator, inputs, outputs: [output] }, graph, { old, uses }) => {
  if (operator !== 'Add') return undefined;
  for (const at of [0, 1]) {
    const found = producer(inputs[at]!, 'LookUp');
    const bias = inputs[1 - at]!;
    const isBias =
      bias.dtype === 'float32' && sizeOf(bias.shape) === widthOf(bias) && widthOf(bias) === widthOf(output!);
    if (
      !found ||
      found.inputs.length > 2 ||
      !isBias ||
      uses(old.inputs[at]!) !== 1 ||
      !sameShape(inputs[at]!.shape, output!.shape)
    )
      continue;
    return [graph.one('LookUp', [...found.inputs, graph.reshape(bias, [widthOf(bias)])], output!)];
  }
  return undefined;
};

function lookUpRules(): readonly Rule[] {
  let known: Classes | undefined;
  const addRows: Rule = ({ operator, inputs, outputs: [output], attributes }, building) => {
    if (operator !== 'ScatterElements' || attributes.reduction !== 'add' || attributes.axis !== 0) return undefined;
    const [x, positions, updates] = inputs as [Value, Value, Value];
    const classes = producer(positions, 'Expand')?.inputs[0];
    if (fillOf(x) !== 0 || x.dtype !== 'float32' || classes?.shape.length !== 2 || widthOf(classes) !== 1)
      return undefined;
    if (classes.shape[0] !== updates.shape[0]) return undefined;
    return [building.one('SumRows', [updates, building.reshape(classes, [classes.shape[0]!])], output!)];
  };
  const lookUp: Rule = (node, building) => {
    if (known?.graph !== building) known = new Classes(building);
    const product = plainProductOf(node);
    const indices = product && !product.transposeB ? known.of(product.a) : undefined;
    if (!indices) return undefined;
    const rows = building.reshape(indices, [sizeOf(indices.shape)]);
    return [building.one(product!.transposeA ? 'SumRows' : 'LookUp', [product!.b, rows], node.outputs[0]!)];
  };
  return [lookUp, addRows, addBias];
}

/**
 * One-hot tokens times a table are rows of the table. The gradient of the table is a sum of rows for each class, and so
 * is a ScatterElements that adds rows to zeros. For engines that have these two operators:
 *   LookUp(table [classes, width], indices [rows], bias [width]?) -> [rows, width], zeros for an index out of range,
 *     plus the bias
 *   SumRows(x [rows, width], indices [rows]) -> [classes, width]
 */
export const lookUpRows = (graph: Graph): Graph => rewrite(graph, lookUpRules);
