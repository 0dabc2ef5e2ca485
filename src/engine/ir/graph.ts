/**
 * A program as data: operators of the ONNX vocabulary on values of static shape, in the order in which they run.
 * Values and nodes are never changed once made; a pass builds a new graph.
 */
export type ElementType = 'float32' | 'int32' | 'bool' | 'int64';
export type Shape = readonly number[];
export type HostArray = Float32Array | Int32Array | Uint8Array | BigInt64Array;

export interface TensorType {
  readonly shape: Shape;
  readonly dtype: ElementType;
}

/** Known content. A fill is one number everywhere and is never written out in full. */
export type ConstantContent = { readonly fill: number } | { readonly data: HostArray };

/** Where a value comes from. */
export type Source =
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'constant'; readonly content: ConstantContent }
  | { readonly kind: 'node'; readonly node: Node; readonly output: number };

export interface Value extends TensorType {
  /** Unique within its graph. */
  readonly id: number;
  readonly source: Source;
}

export type Attribute = number | string | readonly number[] | { readonly float: number };
export type Attributes = Readonly<Record<string, Attribute>>;

/** The attributes that operators of one name always have, for those that are asked about theirs. */
interface KnownAttributes {
  readonly Concat: { readonly axis: number };
  readonly Softmax: { readonly axis: number };
  readonly Split: { readonly axis: number };
  readonly Transpose: { readonly perm: readonly number[] };
}
export type AttributesOf<Operator extends string> = Operator extends keyof KnownAttributes
  ? KnownAttributes[Operator]
  : Attributes;

/** Operators outside the ONNX standard that onnxruntime brings along. */
export type Domain = '' | 'com.microsoft';

export interface Node<Operator extends string = string> {
  readonly operator: Operator;
  readonly domain: Domain;
  /** An optional input that is left out is null. */
  readonly inputs: readonly (Value | null)[];
  readonly outputs: readonly Value[];
  readonly attributes: AttributesOf<Operator>;
  /** The TensorFlow.js kernel it was made for; shown in profiles. */
  readonly origin: string;
}

export interface Graph {
  /** Whose program this is, for error messages. */
  readonly label: string;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Every node comes after the nodes it takes values from. */
  readonly nodes: readonly Node[];
}

/** Whether a node is of this operator, whose attributes are known then. */
export const isOf = <Operator extends string>(node: Node | undefined, operator: Operator): node is Node<Operator> =>
  node?.operator === operator;

/** The node that computes a value, if it is of this operator. */
export function producer<Operator extends string>(
  value: Value | null | undefined,
  operator: Operator,
): Node<Operator> | undefined {
  const node = value?.source.kind === 'node' ? value.source.node : undefined;
  return isOf(node, operator) ? node : undefined;
}

/** The number a value holds everywhere, if it is known to hold one. */
export function fillOf(value: Value | null | undefined): number | undefined {
  return value?.source.kind === 'constant' && 'fill' in value.source.content ? value.source.content.fill : undefined;
}

/** The integers of a constant index vector (shape, axes, starts), if the value is one. */
export function indicesOf(value: Value | null | undefined): number[] | undefined {
  if (value?.source.kind !== 'constant' || value.dtype !== 'int64') return undefined;
  const { content } = value.source;
  return 'fill' in content ? new Array(sizeOf(value.shape)).fill(content.fill) : Array.from(content.data, Number);
}

export const sizeOf = (shape: Shape): number => shape.reduce((size, extent) => size * extent, 1);

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((extent, axis) => extent === b[axis]);
