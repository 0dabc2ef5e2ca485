import type { ElementType, HostArray, Shape } from '../../ir/graph';
import type { Triangle } from '../passes/triangles';
import type { Loop, LoopNode, LoopValue } from './loops';
import type { Machine } from '../compile/machine';
import type { Buffer, View } from './views';

/** When something is computed: once, once per run, or for every slice of the batch. */
export const stages = { once: 0, run: 1, slice: 2 } as const;

/** A value of the graph as the planner has it. */
export interface Operand {
  readonly shape: Shape;
  readonly dtype: ElementType;
  readonly source:
    { readonly number: number } | { readonly view: View; readonly position: number } | { readonly value: LoopValue };
  readonly stage: number;
}

/** One that lies in memory. */
export type Viewed = Operand & { readonly source: { readonly view: View; readonly position: number } };

export const identity: LoopNode['node'] = { operator: 'Identity', attributes: {} };

export interface ProductInstruction {
  readonly kind: 'product';
  readonly stage: number;
  /** [..., m, k] and [..., k, n], repeated along the batch dimensions of the result. */
  readonly a: View;
  readonly b: View;
  /** Whether b is read where it lies: in rows of whole vectors. */
  readonly isDirect: boolean;
  /** Where b was packed before, if it is one matrix and not read where it lies. */
  readonly packed?: Buffer;
  readonly out: View;
  readonly alpha: number;
  /** What need not be computed (passes/triangles.ts). */
  readonly triangle?: Triangle;
  accumulate: boolean;
}
export type Instruction =
  | { readonly kind: 'loop'; readonly stage: number; readonly loop: Loop }
  | { readonly kind: 'pack'; readonly stage: number; readonly from: View; readonly to: Buffer }
  | {
      readonly kind: 'call';
      readonly stage: number;
      readonly name: string;
      readonly sizes: readonly number[];
      readonly adds?: boolean;
      readonly inputs: readonly View[];
      readonly outputs: readonly View[];
    }
  | ProductInstruction;

export interface Plan {
  readonly instructions: readonly Instruction[];
  readonly constants: readonly { readonly buffer: Buffer; readonly data: HostArray }[];
  /** Buffers whose content is added up over the slices. */
  readonly added: ReadonlySet<Buffer>;
}

export interface PlanOptions {
  /** Columns of a packed panel of the machine's kernel, and floats of its vectors. */
  readonly machine: Pick<Machine, 'panelColumns' | 'lanes'>;
  /** Stage of each input; `run` for all where nothing is cut. */
  readonly inputStages: readonly number[];
  /** Whether outputs are added up over the slices. */
  readonly addOutputs: boolean;
}

/** Integers of 64 bits, which only say where and how much, are kept in 32. */
export const storage = (dtype: ElementType): ElementType => (dtype === 'int64' ? 'int32' : dtype);
