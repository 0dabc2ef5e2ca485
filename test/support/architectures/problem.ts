import * as tf from '@tensorflow/tfjs-core';
import { Transformer } from '../../../architectures/transformer';
import { createRng } from '../../../src/core/random';
import { unitOf } from '../../../registry/units';
import type { ArchitectureMeta, SequenceModel } from '../../../src/core/contracts/architecture';
import type { Subject } from '../../../src/testing/subject';

/** What a conformance check says of a model; nothing if it passes. */
export function problemOf(check: (subject: Subject) => void, model: SequenceModel): string | undefined {
  const meta = unitOf(Transformer)!.meta as ArchitectureMeta;
  try {
    tf.tidy(() =>
      check({
        model,
        meta,
        rng: createRng('problem'),
        assert: (holds, problem) => {
          if (!holds) throw new Error(problem);
        },
      }),
    );
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
