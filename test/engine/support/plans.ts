import type { Tensor } from '@tensorflow/tfjs-core';
import type { Graph } from '../../../src/engine/ir/graph';
import { stages, type Instruction, type Plan, type PlanOptions } from '../../../src/engine/native/plan/plan';
import { Planner } from '../../../src/engine/native/plan/planner';
import type { View } from '../../../src/engine/native/plan/views';
import { nativePasses } from '../../../src/engine/native/passes/pipeline';
import { optimise } from '../../../src/engine/passes/pipeline';
import { graphOf } from './graphs';

/** What the native engine makes of a graph, for panels of 32 columns. */
export const planOfGraph = (graph: Graph, options: Partial<PlanOptions> = {}): Plan =>
  new Planner(graph, {
    machine: { panelColumns: 32, lanes: 16 },
    inputStages: graph.inputs.map(() => stages.run),
    addOutputs: false,
    ...options,
  }).plan();

/** The same for a program on float tensors of the given shapes, after the passes of the native engine. */
export const planOf = (program: (...inputs: Tensor[]) => Tensor[], ...shapes: readonly (readonly number[])[]): Plan =>
  planOfGraph(optimise(nativePasses, graphOf(program, ...shapes)));

type Kind<K extends Instruction['kind']> = Extract<Instruction, { kind: K }>;
export const ofKind = <K extends Instruction['kind']>({ instructions }: Plan, kind: K): Kind<K>[] =>
  instructions.filter((instruction): instruction is Kind<K> => instruction.kind === kind);

export const kindsOf = ({ instructions }: Plan): string[] => instructions.map(({ kind }) => kind);

/** The operators of every loop. */
export const loopsOf = (plan: Plan): string[][] =>
  ofKind(plan, 'loop').map(({ loop }) => loop.nodes.map(({ node }) => node.operator));

/** What the loops read from memory. */
export const loads = (plan: Plan): View[] =>
  ofKind(plan, 'loop').flatMap(({ loop }) =>
    loop.nodes.flatMap(({ inputs }) => inputs.flatMap((input) => (input.kind === 'load' ? [input.view] : []))),
  );
