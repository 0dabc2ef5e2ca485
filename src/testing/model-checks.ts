import * as tf from '@tensorflow/tfjs-core';
import type { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import type { SequenceModel } from '../core/contracts/architecture';
import type { ProbedSequence, Readings } from '../core/contracts/probe';
import { createRng } from '../core/random';
import { createFormat } from '../data/format';
import { withBackend } from '../engine/backends';
import { ProbedModel } from '../evaluation/probed-model';
import { ParameterLayout } from '../model/parameters';
import { movedParameters } from './models';
import { formsAgree } from './recurrent-form';

type Judge = Pick<RegisteredUnit<'probe' | 'intervention'>, 'meta'>;
interface Refuses {
  refuses?(model: SequenceModel): string | undefined;
}

/** Deep enough for what looks at first, middle and last layers. */
const depth = 4;
/** Rows that a unit is likely to find something in; all others come after them. */
const likely = ['transformer', 'lstm'];
const lengths = [4, 7, 2, 5];
const taskId = 'parity';

/** A small model of the first row that a unit does not refuse. */
function modelFor(registry: Registry, unit: Refuses, vocabularySize: number): SequenceModel {
  const refused = new Map<string, string>();
  const rows = [...likely, ...registry.architectures().map(({ id }) => id)];
  for (const id of new Set(rows)) {
    const row = registry.resolve('architecture', id);
    const shape = row.meta.hyperparameters as (new () => object) & { readonly tiny?: object };
    const defaults = new shape();
    const small = Object.assign(defaults, shape.tiny, 'layers' in defaults ? { layers: depth } : {});
    const model = registry.create(row).build(small, vocabularySize);
    const reason = unit.refuses?.(model);
    if (reason === undefined) return model;
    if (typeof reason !== 'string' || reason === '') throw new Error(`it refuses ${id} without a reason`);
    refused.set(id, reason);
  }
  const [[first, reason] = ['', '']] = refused;
  throw new Error(`it refuses all ${refused.size} rows, ${first} because ${reason}: it cannot be checked on any`);
}

const defaultsOf = ({ meta: { hyperparameters } }: Judge): object => (hyperparameters ? new hyperparameters() : {});

/** A probe reads finite numbers, and the same ones when it looks at the same parameters again. */
export async function readsTheSameTwice(registry: Registry, unit: RegisteredUnit<'probe'>): Promise<void> {
  const probe = registry.create(unit);
  const task = registry.createTask(taskId);
  const format = createFormat(task, 'direct');
  const rng = createRng('zoo check');
  const sequences = lengths.map((length, at): ProbedSequence => {
    const input = task.sample(rng.split(at), length);
    const { tokens, scored } = format.encode(input);
    return { input, tokens, scored, inputTokens: length };
  });
  const model = modelFor(registry, probe, format.vocabulary.size);
  const layout = new ParameterLayout(model.parameters);
  const engine = await registry.create(registry.resolve('engine', 'cpu')).open({ threads: 1 });
  const { specialTokens } = format.vocabulary;
  const probed = new ProbedModel({ engine, model, layout, task, specialTokens, sequences, label: 'zoo check' });
  const parameters = engine.upload(layout.initialise(rng), { shape: [layout.count], dtype: 'float32' });
  try {
    const look = () => probed.look(parameters, (subject) => probe.look(subject, defaultsOf(unit)));
    const [first, second] = [await look(), await look()];
    requireNumbers(first);
    if (JSON.stringify(first) !== JSON.stringify(second))
      throw new Error(`it reads ${JSON.stringify(first)}, and of the same parameters ${JSON.stringify(second)}`);
  } finally {
    engine.release([parameters]);
    await probed.dispose();
    await engine.dispose();
  }
}

function requireNumbers(readings: Readings): void {
  const found = Object.entries(readings);
  if (found.length === 0) throw new Error('it reads nothing of a model that it does not refuse');
  const [wrong] = found.filter(([, value]) => !Number.isFinite(value));
  if (wrong) throw new Error(`its reading "${wrong[0]}" is ${wrong[1]}: a record holds finite numbers`);
}

/** What an intervention makes of a model has the same parameters, says finite things, and says them in both forms. */
export function appliesToAModel(registry: Registry, unit: RegisteredUnit<'intervention'>): void {
  const assert = (holds: boolean, problem: string): void => {
    if (!holds) throw new Error(problem);
  };
  withBackend('cpu', () =>
    tf.tidy(() => {
      const intervention = registry.create(unit);
      const model = modelFor(registry, intervention, 5);
      const applied = intervention.applied(model, defaultsOf(unit));
      const shapes = ({ parameters }: SequenceModel) =>
        JSON.stringify(parameters.map(({ name, shape }) => [name, shape]));
      assert(shapes(applied) === shapes(model), 'the model under it has other parameters than without');
      const parameters = movedParameters(model, createRng('zoo check'));
      const tokens = tf.tensor2d([0, 1, 2, 3, 4, 0], [2, 3], 'int32');
      const [before, after] = [model, applied].map((each) => each.forward(parameters, tokens));
      assert(
        String(after!.shape) === String(before!.shape),
        `its logits are [${after!.shape}], and without it [${before!.shape}]`,
      );
      assert(after!.dataSync().every(Number.isFinite), 'its logits are not all finite');
      if (applied.step && applied.initialState) formsAgree({ model: applied, rng: createRng('forms'), assert }, 6);
    }),
  );
}
