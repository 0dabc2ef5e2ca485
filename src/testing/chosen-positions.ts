import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { modelShortcuts } from '../../architectures/layers/shortcuts';
import type { Parameters } from '../core/contracts/architecture';
import { entriesOf } from '../model/tables';
import { difference, movedParameters, randomTokens, vocabularySize } from './models';
import { sameGradients } from './same-gradients';
import { stepTolerance, type Subject } from './subject';

/** `forwardAt` against `forward`, directly and by way of tables. */
export function positionsAgree({ model, rng, assert }: Subject): void {
  const parameters = movedParameters(model, rng);
  const time = 7;
  const at = tf.tensor2d(
    [
      [6, 2],
      [0, 5],
      [3, 4],
    ],
    [3, 2],
    'int32',
  );
  const [tokens, targets] = [randomTokens(rng, 3, time), randomTokens(rng, 3, 2)];
  const noise = model.noise && tf.tensor1d(Array.from({ length: model.noise(time) }, () => rng.uniform()));
  const chosen = tf.oneHot(at, time); // [3, 2, time]: backends differ in gathers row by row
  const wanted = (list: Parameters) => tf.matMul(chosen, model.forward(list, tokens, noise));
  const { tableForm, forwardAt } = modelShortcuts(model);
  const forms: Record<string, (list: Parameters) => Tensor> = {
    forwardAt: (list) => forwardAt!(list, tokens, at, noise),
    ...(tableForm && {
      'the table form': (list: Parameters) =>
        tableForm.forward(
          list,
          tableForm.tables(list, time).map((table) => entriesOf(table, tokens, vocabularySize)),
          at,
        ),
    }),
  };
  for (const [name, form] of Object.entries(forms)) {
    const logits = form(parameters);
    assert(String(logits.shape) === String([3, 2, vocabularySize]), `${name}: logits have the shape [${logits.shape}]`);
    const apart = difference(wanted(parameters).dataSync(), logits.dataSync());
    assert(apart < stepTolerance, `${name}: logits differ by ${apart}`);
    sameGradients({ model, assert }, parameters, targets, wanted, form, `${name}: `);
  }
}
