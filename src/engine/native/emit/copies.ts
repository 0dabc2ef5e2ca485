import { stridesOver, type View } from '../plan/views';
import type { Loop, LoopNode } from '../plan/loops';
import type { Instruction } from '../plan/plan';

type Call = Extract<Instruction, { readonly kind: 'call' }>;

/**
 * The copies that a loop consists of, where one of them walks through memory in strides, as calls of the runtime. Written out
 * in vectors each would be gathered element by element, which takes a compiler longer than all arithmetic of a recurrence:
 * tokens are split by time that way.
 */
export function stridedCopies(instruction: Instruction, isAdded: (view: View) => boolean): Call[] | undefined {
  if (instruction.kind !== 'loop') return undefined;
  const { loop, stage } = instruction;
  const copies = loop.nodes.map((node) => copyOf(node, loop, isAdded));
  if (!copies.every((copy) => copy !== undefined) || !copies.some(({ isStrided }) => isStrided)) return undefined;
  return copies.map(({ from, to, sizes }) => ({
    kind: 'call',
    stage,
    name: 'copy',
    sizes,
    inputs: [from],
    outputs: [to],
  }));
}

interface Copy {
  readonly from: View;
  readonly to: View;
  readonly sizes: readonly number[];
  readonly isStrided: boolean;
}

function copyOf({ node, inputs, value, reduction }: LoopNode, loop: Loop, isAdded: (view: View) => boolean) {
  const [input] = inputs;
  const { stored, dtype } = value;
  if (node.operator !== 'Identity' || reduction || value.level !== 'element') return undefined;
  if (input?.kind !== 'load' || !stored || stored.add || isAdded(stored.view)) return undefined;
  const [from, to] = [input.view, stored.view];
  if (dtype === 'bool' || from.dtype !== dtype || to.dtype !== dtype) return undefined;
  const along = collapsed(loop.extents, stridesOver(loop.extents, from), stridesOver(loop.extents, to));
  const last = along.at(-1)!;
  const isStrided = last.from > 1 || last.to > 1;
  const sizes = [along.length, ...along.flatMap(({ extent, from, to }) => [extent, from, to])];
  return { from, to, sizes, isStrided } satisfies Copy;
}

/** Extents that both walk through in one stride are one. */
function collapsed(extents: readonly number[], from: readonly number[], to: readonly number[]) {
  const joined: { extent: number; from: number; to: number }[] = [];
  extents.forEach((extent, i) => {
    const last = joined.at(-1);
    const next = { extent, from: from[i]!, to: to[i]! };
    if (last && last.from === next.from * extent && last.to === next.to * extent)
      joined[joined.length - 1] = { ...next, extent: last.extent * extent };
    else joined.push(next);
  });
  return joined.length > 0 ? joined : [{ extent: 1, from: 0, to: 0 }];
}
