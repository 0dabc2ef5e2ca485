import type * as tf from '@tensorflow/tfjs-core';
import type { Parameters } from '../../src/core/contracts/architecture';
import type { Engine } from '../../src/core/contracts/engine';
import type { ProbeSubject, Readings } from '../../src/core/contracts/probe';
import { createRng } from '../../src/core/random';
import { ProbedModel, type ProbedModelSettings } from '../../src/evaluation/probed-model';
import { ParameterLayout } from '../../src/model/parameters';
import { movedParameters } from '../../src/testing/models';
import { selectEngine } from './engine-choice';

type Shown = Pick<ProbedModelSettings, 'model' | 'task' | 'specialTokens' | 'sequences'>;

/** Lets a probe look at a model whose parameters are a little moved, and hands them out for a second way. */
export function probing() {
  let engine: Promise<Engine> | undefined;
  return {
    lookedAt: async (
      shown: Shown,
      look: (subject: ProbeSubject) => Promise<Readings>,
    ): Promise<{ readings: Readings; parameters: Parameters }> => {
      const opened = await (engine ??= selectEngine('cpu', { threads: 1 }));
      const layout = new ParameterLayout(shown.model.parameters);
      const parameters = movedParameters(shown.model, createRng('probed'));
      const flat = layout.flatten(shown.model.parameters.map(({ name }) => parameters[name] as tf.Tensor));
      const handle = opened.upload(Float32Array.from(flat.dataSync()), { shape: [layout.count], dtype: 'float32' });
      const probed = new ProbedModel({ engine: opened, layout, label: 'test', ...shown });
      try {
        return { readings: await probed.look(handle, look), parameters };
      } finally {
        await probed.dispose();
        opened.release([handle]);
      }
    },
    close: async () => (await engine)?.dispose(),
  };
}
