import { indicesOf, sizeOf, type Graph, type Node, type Shape, type Value } from '../../ir/graph';
import { broadcastStrides, contiguousStrides, fromFront } from '../../ir/shapes';
import { binary, unary } from '../../passes/constant-folding';
import { nodeOf, productOf } from '../../passes/matrix-products';
import { rewrite, type Rule } from '../../passes/rewrite';
import { consumersOf } from '../../passes/rows';

/**
 * The part of a product of square matrices that need not be computed: the result above the diagonal, or the
 * contribution of the left factor, which is zero above the diagonal (`leftTransposed`: and is transposed).
 */
export type Triangle = 'result' | 'left' | 'leftTransposed';

/**
 * What is known of a square above its diagonal: it is zero, or so low that its exponential is, or nobody wants it. Of a
 * reduction of rows `passed`: its result is the same without them.
 */
export type Above = 'zero' | 'low' | 'unwanted' | 'passed';

/** Larger masks are not looked at, in elements. */
const largestMask = 2 ** 20;
/** A score to which less than this was added has an exponential of zero. */
const low = -1e8;

const isSquare = ({ shape }: Value): boolean => shape.length >= 2 && shape.at(-1) === shape.at(-2) && shape.at(-1)! > 1;
const sameLastTwo = (a: Value, b: Value): boolean => isSquare(a) && isSquare(b) && a.shape.at(-1) === b.shape.at(-1);

/** Computes values that depend on constants only. */
class Masks {
  private readonly known = new Map<Value, ArrayLike<number> | undefined>();

  elements(value: Value): ArrayLike<number> | undefined {
    if (!this.known.has(value))
      this.known.set(value, sizeOf(value.shape) <= largestMask ? this.compute(value) : undefined);
    return this.known.get(value);
  }

  private compute({ source, shape }: Value): ArrayLike<number> | undefined {
    if (source.kind === 'input') return undefined;
    if (source.kind === 'constant') {
      if ('fill' in source.content) return new Float32Array(sizeOf(shape)).fill(source.content.fill);
      return source.content.data instanceof BigInt64Array ? undefined : source.content.data;
    }
    const { operator, inputs } = source.node;
    const [first, second] = inputs as [Value, Value?];
    if (operator === 'Reshape' || operator === 'Cast') return this.elements(first);
    const [one, two] = [unary[operator], binary[operator]];
    const a = one || two ? this.elements(first) : undefined;
    if (!a) return undefined;
    if (one) return Float32Array.from(a, one);
    const b = this.elements(second!);
    const [atA, atB] = [first.shape, second!.shape].map((given) => offsets(given, shape));
    return b && Float32Array.from({ length: sizeOf(shape) }, (_, i) => two!(a[atA!(i)]!, b[atB!(i)]!));
  }

  /** Whether all elements above the diagonal pass a test. */
  everyAbove(value: Value, test: (element: number) => boolean): boolean {
    const elements = isSquare(value) ? this.elements(value) : undefined;
    if (!elements) return false;
    const extent = value.shape.at(-1)!;
    for (let i = 0; i < elements.length; i++)
      if (i % extent > Math.floor(i / extent) % extent && !test(elements[i]!)) return false;
    return true;
  }
}

/** Maps the index of an element of `shape` to the index of the element of `given` that is broadcast there. */
function offsets(given: Shape, shape: Shape): (i: number) => number {
  const whole = contiguousStrides(shape);
  const strides = broadcastStrides(given, contiguousStrides(given), shape);
  return (i) => shape.reduce((at, extent, axis) => at + (Math.floor(i / whole[axis]!) % extent) * strides[axis]!, 0);
}

const zeroStaysZero: ReadonlySet<string> = new Set(['Neg', 'Abs', 'Relu', 'Tanh', 'Cast', 'Identity']);

/**
 * Causal attention computes the scores of a query and later keys, and then hides them. This finds the hidden part of
 * each product: zero times a finite number is zero, and so is the exponential of a score (within 1e8 of others) minus
 * 1e9.
 */
class Hidden {
  private readonly masks = new Masks();
  private readonly zero = new Map<Value, boolean>();
  private readonly wanted = new Map<Value, boolean>();
  private readonly consumers: (value: Value) => readonly (Node | undefined)[];

  constructor(graph: Graph) {
    this.consumers = consumersOf(graph);
  }

  triangleOf(node: Node): Triangle | undefined {
    const product = productOf(node);
    if (!product) return undefined;
    if (isSquare(node.outputs[0]!) && !this.isWantedAbove(node.outputs[0]!)) return 'result';
    if (!this.isZeroAbove(product.a)) return undefined;
    return product.transposeA ? 'leftTransposed' : 'left';
  }

  aboveOf({ operator, inputs, outputs: [output] }: Node): Above | undefined {
    const [first, axes] = inputs as [Value, Value?];
    if (isSquare(output!)) {
      if (this.isZeroAbove(output!)) return 'zero';
      if (this.isLowAbove(output!)) return 'low';
      return this.isWantedAbove(output!) ? undefined : 'unwanted';
    }
    if (!/^Reduce(Sum|Mean|Max)$/.test(operator) || !isSquare(first!)) return undefined;
    const reduced = axes ? indicesOf(axes)! : [];
    if (reduced.length !== 1 || fromFront(reduced[0]!, first!.shape.length) !== first!.shape.length - 1)
      return undefined;
    const isPassed = operator === 'ReduceMax' ? this.isLowAbove(first!) : this.isZeroAbove(first!);
    return isPassed ? 'passed' : undefined;
  }

  private isZeroAbove(value: Value): boolean {
    if (!this.zero.has(value))
      this.zero.set(
        value,
        isSquare(value) && (this.masks.everyAbove(value, (x) => x === 0) || this.becomesZero(value)),
      );
    return this.zero.get(value)!;
  }

  private becomesZero(value: Value): boolean {
    const node = nodeOf(value);
    const [first, second] = (node?.inputs ?? []) as Value[];
    const isZero = (input: Value) => sameLastTwo(input, value) && this.isZeroAbove(input);
    switch (node?.operator) {
      case 'Exp':
        return this.isLowAbove(first!);
      case 'Mul':
        return isZero(first!) || isZero(second!);
      case 'Add':
      case 'Sub':
        return isZero(first!) && isZero(second!);
      case 'Div':
        return isZero(first!);
      default:
        return node !== undefined && zeroStaysZero.has(node.operator) && isZero(first!);
    }
  }

  /** Whether a value is a score lowered by a mask, possibly minus the maximum of its row. */
  private isLowAbove(value: Value): boolean {
    const node = nodeOf(value);
    const [first, second] = (node?.inputs ?? []) as Value[];
    if (node?.operator === 'Sub')
      return nodeOf(second!)?.operator === 'ReduceMax' && second!.shape.at(-1) === 1 && this.isLowAbove(first!);
    return (
      node?.operator === 'Add' &&
      [first!, second!].some((input) => sameLastTwo(input, value) && this.masks.everyAbove(input, (x) => x <= low))
    );
  }

  /** Whether anything would change if the value were zero above the diagonal. */
  private isWantedAbove(value: Value): boolean {
    if (!this.wanted.has(value))
      this.wanted.set(
        value,
        this.consumers(value).some((node) => !node || this.wants(node, value)),
      );
    return this.wanted.get(value)!;
  }

  private wants({ operator, inputs, outputs: [output] }: Node, value: Value): boolean {
    if (!['Add', 'Sub', 'Mul', 'Neg'].includes(operator) || !sameLastTwo(value, output!)) return true;
    if (
      operator === 'Mul' &&
      inputs.some((other) => other !== value && sameLastTwo(other!, output!) && this.isZeroAbove(other!))
    )
      return false;
    return !this.isLowAbove(output!) && this.isWantedAbove(output!);
  }
}

function triangleRules(graph: Graph): readonly Rule[] {
  const hidden = new Hidden(graph);
  const mark: Rule = ({ operator, inputs, attributes, domain }, building, { old }) => {
    if (old.attributes.triangle !== undefined || old.attributes.above !== undefined) return undefined;
    const [name, found] = productOf(old) ? ['triangle', hidden.triangleOf(old)] : ['above', hidden.aboveOf(old)];
    return found && building.node(operator, inputs, old.outputs, { ...attributes, [name]: found }, domain);
  };
  return [mark];
}

/** Tells products of square matrices, and what is computed element by element, what they need not compute. */
export const skipTriangles = (graph: Graph): Graph => rewrite(graph, triangleRules);
