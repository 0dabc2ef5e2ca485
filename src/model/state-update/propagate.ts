import { type Graph, indicesOf, type Node, type Shape, sizeOf, type Value } from '../../engine/ir/graph';
import { axesOf, broadcastStrides, contiguousStrides, fromFront, reducedShape } from '../../engine/ir/shapes';
import { broadcast, compact, elementAt, type Elements, moved, walk } from './elements';

/** What is known of elements, as numbers, and how operators hand it on. */
export interface Domain {
  /** Of constants. */
  readonly constant: number;
  /** Of an element that an operator computes from one element of each input. */
  elementwise(node: Node, inputs: readonly number[]): number;
  /** Of a product of elements of two inputs. */
  product(node: Node, a: number, b: number): number;
  /** Of a sum or mean of such elements; `many`: of several, though they may be alike. */
  sum(elements: ReadonlySet<number>, many: boolean): number;
  /** Of the largest of such elements. */
  largest(elements: ReadonlySet<number>): number;
  /** Of one of such elements, by an index of which something is known. */
  choice(elements: ReadonlySet<number>, index: number): number;
  /** Of what an operator computes of all elements by a rule that nobody knows. */
  unknown(elements: ReadonlySet<number>): number;
}

/** Of every value of a graph: what is known of its elements, from what is known of those of its inputs. */
export function propagate(graph: Graph, start: (input: Value) => Elements, domain: Domain): (value: Value) => Elements {
  const known = new Map<number, Elements>();
  const of = (value: Value): Elements =>
    value.source.kind === 'constant' ? domain.constant : (known.get(value.id) ?? domain.constant);
  graph.inputs.forEach((input) => known.set(input.id, start(input)));
  for (const node of graph.nodes) {
    const results = moved(node, of, domain.constant) ?? [computed(node, of, domain)];
    node.outputs.forEach((output, i) => known.set(output.id, results[i] ?? results[0]!));
  }
  return of;
}

const elementwiseOperators: ReadonlySet<string> = new Set(
  (
    'Abs Acos Acosh Add And Asin Asinh Atan Atan2 Atanh BitwiseAnd Cast Ceil Clip Cos Cosh Div Elu Equal Erf Exp Floor ' +
    'Gelu Greater GreaterOrEqual HardSigmoid HardSwish IsInf IsNaN LeakyRelu Less LessOrEqual Log Max Min Mish Mod Mul Neg ' +
    'Not Or PRelu Pow Reciprocal Relu Round Selu Sigmoid Sign Sin Sinh Softplus Softsign Sqrt Sub Tan Tanh Where Xor'
  ).split(' '),
);

function computed(node: Node, of: (value: Value) => Elements, domain: Domain): Elements {
  const inputs = node.inputs.filter((input): input is Value => input !== null);
  const { operator } = node;
  if (elementwiseOperators.has(operator)) return elementwise(node, inputs, of, domain);
  switch (operator) {
    case 'MatMul':
    case 'FusedMatMul':
      return matrixProduct(node, of, domain);
    case 'ReduceSum':
    case 'ReduceMean':
      return reduced(node, of(inputs[0]!), (elements, many) => domain.sum(elements, many));
    case 'ReduceMax':
      return reduced(node, of(inputs[0]!), (elements) => domain.largest(elements));
    case 'Softmax':
    case 'LogSoftmax':
      return alongAxis(node, of(inputs[0]!), (elements) => domain.unknown(elements));
    case 'CumSum':
      return domain.sum(distinct(of(inputs[0]!)), true);
    case 'Gather':
    case 'GatherND':
    case 'GatherElements':
      return gathered(node, of, domain);
    case 'ScatterElements':
    case 'ScatterND': {
      const [into, index, from] = inputs.map((input) => distinct(of(input))) as Set<number>[];
      const values = domain.sum(new Set([...into!, ...from!]), true);
      return domain.choice(new Set([values]), domain.sum(index!, true));
    }
    case 'Conv': {
      const [x, weights] = inputs.map((input) => domain.sum(distinct(of(input)), true)) as [number, number];
      return domain.sum(new Set([domain.product(node, x, weights)]), true);
    }
    default:
      return domain.unknown(new Set(inputs.flatMap((input) => [...distinct(of(input))])));
  }
}

const distinct = (elements: Elements): Set<number> => new Set(typeof elements === 'number' ? [elements] : elements);

function elementwise(node: Node, inputs: readonly Value[], of: (value: Value) => Elements, domain: Domain): Elements {
  const { shape } = node.outputs[0]!;
  const parts = inputs.map((input) => broadcast(of(input), input.shape, shape));
  if (parts.every((part) => typeof part === 'number')) return domain.elementwise(node, parts as number[]);
  const memo = new Map<string, number>();
  const result = new Int32Array(sizeOf(shape));
  for (let i = 0; i < result.length; i++) {
    const each = parts.map((part) => elementAt(part, i));
    const key = each.join();
    let id = memo.get(key);
    if (id === undefined) memo.set(key, (id = domain.elementwise(node, each)));
    result[i] = id;
  }
  return compact(result);
}

/** Elements that come together in one element of the result, by that. */
function grouped(size: number, elements: Elements, targets: Iterable<number>): Set<number>[] {
  const groups = Array.from({ length: size }, () => new Set<number>());
  let i = 0;
  for (const target of targets) groups[target]!.add(elementAt(elements, i++));
  return groups;
}

function reduced(
  { inputs, outputs, attributes }: Node,
  elements: Elements,
  combine: (elements: ReadonlySet<number>, many: boolean) => number,
): Elements {
  const [x, y] = [inputs[0]!, outputs[0]!];
  const axes = axesOf(indicesOf(inputs[1]) ?? (attributes.axes as readonly number[] | undefined), x.shape.length);
  const many = sizeOf(x.shape) > sizeOf(y.shape);
  if (typeof elements === 'number') return many ? combine(new Set([elements]), true) : elements;
  const kept = contiguousStrides(reducedShape(x.shape, axes, true));
  const strides = kept.map((stride, axis) => (axes.includes(axis) ? 0 : stride));
  const groups = grouped(sizeOf(y.shape), elements, walk(x.shape, strides));
  return compact(Int32Array.from(groups, (group) => combine(group, many)));
}

function alongAxis(
  { inputs, attributes }: Node,
  elements: Elements,
  combine: (elements: ReadonlySet<number>) => number,
): Elements {
  if (typeof elements === 'number') return combine(new Set([elements]));
  const { shape } = inputs[0]!;
  const axis = fromFront((attributes.axis as number | undefined) ?? -1, shape.length);
  const line = reducedShape(shape, [axis], true);
  const strides = contiguousStrides(line).map((stride, i) => (i === axis ? 0 : stride));
  const results = grouped(sizeOf(line), elements, walk(shape, strides)).map(combine);
  return compact(Int32Array.from(walk(shape, strides), (at) => results[at]!));
}

function gathered(node: Node, of: (value: Value) => Elements, domain: Domain): Elements {
  const [x, index] = node.inputs as readonly [Value, Value];
  const [y] = node.outputs as readonly [Value];
  const elements = of(x);
  const rows = node.operator === 'Gather' ? numbersOf(index) : undefined;
  if (!rows) return domain.choice(distinct(elements), domain.sum(distinct(of(index)), true));
  if (typeof elements === 'number') return elements;
  const axis = fromFront((node.attributes.axis as number | undefined) ?? 0, x.shape.length);
  const [outer, extent, inner] = [sizeOf(x.shape.slice(0, axis)), x.shape[axis]!, sizeOf(x.shape.slice(axis + 1))];
  const result = new Int32Array(sizeOf(y.shape));
  let at = 0;
  for (let o = 0; o < outer; o++) {
    for (const row of rows) for (let i = 0; i < inner; i++) result[at++] = elements[(o * extent + row) * inner + i]!;
  }
  return compact(result);
}

function numbersOf(value: Value): number[] | undefined {
  if (value.source.kind !== 'constant') return undefined;
  const { content } = value.source;
  return 'fill' in content
    ? new Array<number>(sizeOf(value.shape)).fill(content.fill)
    : Array.from(content.data, Number);
}

/** Strides of the batch, the rows and the columns of a matrix. */
function stridesOf(shape: Shape, isTransposed: boolean, batch: Shape) {
  const strides = contiguousStrides(shape);
  const [row, column] = strides.slice(-2) as [number, number];
  const leading = broadcastStrides(shape.slice(0, -2), strides.slice(0, -2), batch);
  return { leading, row: isTransposed ? column : row, column: isTransposed ? row : column };
}

function matrixProduct(node: Node, of: (value: Value) => Elements, domain: Domain): Elements {
  const [a, b] = node.inputs as readonly [Value, Value];
  const [left, right] = [of(a), of(b)];
  const { transA = 0, transB = 0 } = node.attributes as Record<string, number>;
  const { shape } = node.outputs[0]!;
  const inner = a.shape.at(transA ? -2 : -1)!;
  const products = new Map<number, Map<number, number>>();
  const product = (x: number, y: number): number => {
    const ofX = products.get(x) ?? new Map<number, number>();
    products.set(x, ofX);
    if (!ofX.has(y)) ofX.set(y, domain.product(node, x, y));
    return ofX.get(y)!;
  };
  const sums = new Map<string, number>();
  const sum = (elements: ReadonlySet<number>): number => {
    const key = [...elements].sort((x, y) => x - y).join();
    if (!sums.has(key)) sums.set(key, domain.sum(elements, inner > 1));
    return sums.get(key)!;
  };
  if (typeof left === 'number' && typeof right === 'number') return sum(new Set([product(left, right)]));
  const batch = shape.slice(0, -2);
  const [rows, columns] = shape.slice(-2) as [number, number];
  const [ofA, ofB] = [stridesOf(a.shape, transA === 1, batch), stridesOf(b.shape, transB === 1, batch)];
  const startsA = [...walk(batch, ofA.leading)];
  const startsB = [...walk(batch, ofB.leading)];
  const result = new Int32Array(sizeOf(shape));
  let at = 0;
  startsA.forEach((startA, block) => {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++, at++) {
        if (j > 0 && typeof right === 'number') {
          result[at] = result[at - 1]!;
          continue;
        }
        const elements = new Set<number>();
        for (let k = 0; k < inner; k++) {
          const x = elementAt(left, startA + i * ofA.row + k * ofA.column);
          elements.add(product(x, elementAt(right, startsB[block]! + k * ofB.row + j * ofB.column)));
        }
        result[at] = sum(elements);
      }
    }
  });
  return compact(result);
}
