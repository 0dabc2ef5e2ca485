import { onnx } from 'onnx-proto';
import {
  sizeOf,
  type Attribute,
  type ConstantContent,
  type ElementType,
  type Graph,
  type HostArray,
  type Node,
  type Value,
} from '../ir/graph';
import { elementTypeNumber } from '../ir/operators';

/** Version 18 of the standard operators and 1 of onnxruntime's own; file format 8. */
const irVersion = 8;
const opsetImport = [
  { domain: '', version: 18 },
  { domain: 'com.microsoft', version: 1 },
];

/** A fill with more elements than this is written as one number and expanded at run time. */
const longestLiteral = 16;

const arrayOf = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;
const filled = (dtype: ElementType, size: number, number: number): HostArray =>
  dtype === 'int64' ? new BigInt64Array(size).fill(BigInt(number)) : new arrayOf[dtype](size).fill(number);
const { AttributeType } = onnx.AttributeProto;

export const inputName = (index: number): string => `input${index}`;
export const outputName = (index: number): string => `output${index}`;

/** What a file says that others are to read. */
export interface ModelNames {
  /** Of every input and output of the graph. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Inputs that are no inputs of the file, but initializers: their content, by name. */
  readonly weights?: ReadonlyMap<string, HostArray>;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly description?: string;
}

/** Writes a graph as an ONNX model file with inputs `input0`, ... and outputs `output0`, ..., or as it is said. */
export function encodeModel(graph: Graph, names: ModelNames = numbered(graph)): Uint8Array {
  const domains = new Set(['', ...graph.nodes.map(({ domain }) => domain)]);
  const model = onnx.ModelProto.create({
    irVersion,
    opsetImport: names.metadata ? opsetImport.filter(({ domain }) => domains.has(domain)) : opsetImport,
    producerName: 'chomsky-zoo',
    ...(names.description && { docString: names.description }),
    ...(names.metadata && { metadataProps: Object.entries(names.metadata).map(([key, value]) => ({ key, value })) }),
    graph: new Encoder(graph, names).graphProto(),
  });
  return onnx.ModelProto.encode(model).finish();
}

const numbered = ({ inputs, outputs }: Graph): ModelNames => ({
  inputs: inputs.map((_, i) => inputName(i)),
  outputs: outputs.map((_, i) => outputName(i)),
});

class Encoder {
  private readonly names = new Map<Value, string>();
  private readonly taken: ReadonlySet<string>;
  private readonly nodes: onnx.INodeProto[] = [];
  private readonly initializers: onnx.ITensorProto[] = [];

  constructor(
    private readonly graph: Graph,
    private readonly given: ModelNames,
  ) {
    graph.inputs.forEach((value, i) => this.names.set(value, given.inputs[i]!));
    // A computed value carries the name of the output it is, so that no copy is needed.
    graph.outputs.forEach((value, i) => {
      if (value.source.kind === 'node' && !this.names.has(value)) this.names.set(value, given.outputs[i]!);
    });
    this.taken = new Set([...given.inputs, ...given.outputs]);
  }

  graphProto(): onnx.IGraphProto {
    for (const node of this.graph.nodes) this.addNode(node);
    this.graph.outputs.forEach((value, i) => {
      const name = this.nameOf(value);
      const asked = this.given.outputs[i]!;
      if (name !== asked) this.nodes.push({ opType: 'Identity', input: [name], output: [asked] });
    });
    const weights = this.given.weights ?? new Map<string, HostArray>();
    const isWeight = (i: number) => weights.has(this.given.inputs[i]!);
    this.graph.inputs.forEach((value, i) => {
      if (isWeight(i)) this.addConstant(this.given.inputs[i]!, value, { data: weights.get(this.given.inputs[i]!)! });
    });
    return {
      name: this.graph.label,
      node: this.nodes,
      initializer: this.initializers,
      input: this.graph.inputs.flatMap((value, i) => (isWeight(i) ? [] : valueInfo(this.given.inputs[i]!, value))),
      output: this.graph.outputs.map((value, i) => valueInfo(this.given.outputs[i]!, value)),
    };
  }

  private addNode({ operator, domain, inputs, outputs, attributes, origin }: Node): void {
    this.nodes.push({
      name: `${origin}/${this.nodes.length}`,
      opType: operator,
      domain,
      input: inputs.map((input) => (input ? this.nameOf(input) : '')),
      output: outputs.map((output) => this.nameOf(output)),
      attribute: Object.entries(attributes).map(([name, attribute]) => attributeProto(name, attribute)),
    });
  }

  private nameOf(value: Value): string {
    let name = this.names.get(value);
    if (name === undefined) {
      name = `v${value.id}`;
      while (this.taken.has(name)) name += '_';
      this.names.set(value, name);
      if (value.source.kind === 'constant') this.addConstant(name, value, value.source.content);
    }
    return name;
  }

  private addConstant(name: string, { shape, dtype }: Value, content: ConstantContent): void {
    const size = sizeOf(shape);
    const literal = (array: ArrayBufferView) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const initializer = (as: string, dims: readonly number[], array: ArrayBufferView) =>
      this.initializers.push({
        name: as,
        dims: [...dims],
        dataType: elementTypeNumber[dtype],
        rawData: literal(array),
      });
    if ('data' in content) {
      initializer(name, shape, content.data);
    } else if (size <= longestLiteral) {
      initializer(name, shape, filled(dtype, size, content.fill));
    } else {
      initializer(`${name}/number`, [], filled(dtype, 1, content.fill));
      const dims = { name: `${name}/shape`, dims: [shape.length], dataType: elementTypeNumber.int64 };
      this.initializers.push({ ...dims, rawData: literal(BigInt64Array.from(shape, BigInt)) });
      this.nodes.push({
        name: `Fill/${name}`,
        opType: 'Expand',
        input: [`${name}/number`, `${name}/shape`],
        output: [name],
      });
    }
  }
}

function valueInfo(name: string, { shape, dtype }: Value): onnx.IValueInfoProto {
  const dim = shape.map((dimValue) => ({ dimValue }));
  return { name, type: { tensorType: { elemType: elementTypeNumber[dtype], shape: { dim } } } };
}

function attributeProto(name: string, attribute: Attribute): onnx.IAttributeProto {
  if (typeof attribute === 'number') return { name, type: AttributeType.INT, i: attribute };
  if (typeof attribute === 'string') return { name, type: AttributeType.STRING, s: Buffer.from(attribute) };
  if ('float' in attribute) return { name, type: AttributeType.FLOAT, f: attribute.float };
  return { name, type: AttributeType.INTS, ints: [...attribute] };
}
