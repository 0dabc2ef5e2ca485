import {
  type Attributes,
  type ConstantContent,
  type Domain,
  type ElementType,
  type Graph,
  type HostArray,
  type Node,
  type Shape,
  type Value,
} from '../ir/graph';

/** An element type and extents: ["float32", 1, 64]. */
export type SerialisedType = readonly [ElementType, ...Shape];

/** One number everywhere; float32 as the base64 of its little-endian bytes; or numbers of another type. */
export type SerialisedContent =
  { readonly fill: number | string } | { readonly base64: string } | { readonly numbers: readonly number[] };

/** Operator with its domain in front if that is not the standard's, inputs (-1: left out), outputs, attributes. */
export type SerialisedNode = readonly [string, readonly number[], readonly SerialisedType[], Attributes?];

/**
 * A graph as JSON. Values are numbered: the inputs, then the constants, then what each node gives. Equal graphs are equal
 * texts.
 */
export interface SerialisedGraph {
  readonly label: string;
  readonly inputs: readonly SerialisedType[];
  readonly constants: readonly (readonly [SerialisedType, SerialisedContent])[];
  readonly nodes: readonly SerialisedNode[];
  readonly outputs: readonly number[];
}

/** Bytes of numbers as text. */
export function base64Of(numbers: Float32Array): string {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  const parts: string[] = [];
  // In pieces, since a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return btoa(parts.join(''));
}

/** The numbers that `base64Of` wrote. */
export function floatsOf(base64: string): Float32Array {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Float32Array(bytes.buffer);
}

const typeOf = ({ dtype, shape }: Value): SerialisedType => [dtype, ...shape];

function contentOf(content: ConstantContent): SerialisedContent {
  if ('fill' in content) {
    const { fill } = content;
    // JSON has neither infinities nor -0.
    return { fill: Number.isFinite(fill) && !Object.is(fill, -0) ? fill : Object.is(fill, -0) ? '-0' : String(fill) };
  }
  return content.data instanceof Float32Array
    ? { base64: base64Of(content.data) }
    : { numbers: Array.from(content.data as Int32Array, Number) };
}

/** A graph as JSON. */
export function serialise(graph: Graph): SerialisedGraph {
  const numbers = new Map<Value, number>();
  const numberOf = (value: Value | null): number => (value ? numbers.get(value)! : -1);
  const number = (value: Value) => numbers.has(value) || numbers.set(value, numbers.size);
  graph.inputs.forEach(number);
  const used = [...graph.nodes.flatMap(({ inputs }) => inputs), ...graph.outputs];
  const constants = new Set(used.filter((value): value is Value => value?.source.kind === 'constant'));
  constants.forEach(number);
  graph.nodes.forEach(({ outputs }) => outputs.forEach(number));
  return {
    label: graph.label,
    inputs: graph.inputs.map(typeOf),
    constants: [...constants].map((value) => [
      typeOf(value),
      contentOf((value.source as { content: ConstantContent }).content),
    ]),
    nodes: graph.nodes.map(({ operator, domain, inputs, outputs, attributes }): SerialisedNode => {
      const name = domain ? `${domain}.${operator}` : operator;
      const known = Object.keys(attributes).length > 0 ? [attributes] : [];
      return [name, inputs.map(numberOf), outputs.map(typeOf), ...(known as [Attributes?])];
    }),
    outputs: graph.outputs.map(numberOf),
  };
}

function contentFrom(content: SerialisedContent, dtype: ElementType): ConstantContent {
  if ('fill' in content) return { fill: Number(content.fill) };
  if ('base64' in content) return { data: floatsOf(content.base64) };
  const { numbers } = content;
  const data: HostArray =
    dtype === 'int64'
      ? BigInt64Array.from(numbers, BigInt)
      : dtype === 'bool'
        ? Uint8Array.from(numbers)
        : Int32Array.from(numbers);
  return { data };
}

/** The graph that `serialise` wrote. */
export function deserialise({ label, inputs, constants, nodes, outputs }: SerialisedGraph): Graph {
  const values: Value[] = [];
  const add = ([dtype, ...shape]: SerialisedType, source: Value['source']): Value => {
    const value = { id: values.length, dtype, shape, source };
    values.push(value);
    return value;
  };
  const ownInputs = inputs.map((type, index) => add(type, { kind: 'input', index }));
  for (const [type, content] of constants) add(type, { kind: 'constant', content: contentFrom(content, type[0]) });
  const ownNodes = nodes.map(([name, from, to, attributes = {}]): Node => {
    const dot = name.lastIndexOf('.');
    const own: Value[] = [];
    const node: Node = {
      operator: name.slice(dot + 1),
      domain: name.slice(0, Math.max(0, dot)) as Domain,
      inputs: from.map((at) => values[at] ?? null),
      outputs: own,
      attributes,
      origin: '',
    };
    to.forEach((type, output) => own.push(add(type, { kind: 'node', node, output })));
    return node;
  });
  return { label, inputs: ownInputs, nodes: ownNodes, outputs: outputs.map((at) => values[at]!) };
}
