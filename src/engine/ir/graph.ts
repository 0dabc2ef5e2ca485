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

/** Operators outside the ONNX standard that onnxruntime brings along. */
export type Domain = '' | 'com.microsoft';

export interface Node {
  readonly operator: string;
  readonly domain: Domain;
  /** An optional input that is left out is null. */
  readonly inputs: readonly (Value | null)[];
  readonly outputs: readonly Value[];
  readonly attributes: Attributes;
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

/** The node that computes a value, if it is of this operator. */
export function producer(value: Value | null | undefined, operator: string): Node | undefined {
  return value?.source.kind === 'node' && value.source.node.operator === operator ? value.source.node : undefined;
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
