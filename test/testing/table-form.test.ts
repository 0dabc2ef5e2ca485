import * as tf from '@tensorflow/tfjs-core';
import { Transformer, TransformerHyperparameters } from '../../architectures/transformer';
import { modelShortcuts, shortenedModel, type TableForm } from '../../architectures/layers/shortcuts';
import type { SequenceModel } from '../../src/core/contracts/architecture';
import { vocabularySize } from '../../src/testing/models';
import { tablesAgree } from '../../src/testing/table-form';
import { problemOf } from '../support/architectures/problem';

beforeAll(() => tf.setBackend('cpu'));

const transformer = new Transformer().build(
  Object.assign(new TransformerHyperparameters(), { layers: 1, width: 4, heads: 2 }),
  vocabularySize,
);
const tableForm = modelShortcuts(transformer).tableForm!;
const withForm = (change: (form: TableForm) => Partial<TableForm>): SequenceModel => ({
  ...transformer,
  forward: shortenedModel((...given) => transformer.forward(...given), {
    tableForm: { ...tableForm, ...change(tableForm) },
  }),
});

it('passes a model whose forms agree', () => {
  expect(problemOf(tablesAgree, transformer)).toBeUndefined();
});

it.each<[string, SequenceModel, RegExp]>([
  [
    'other tables',
    withForm(({ tables }) => ({ tables: (...given) => tables(...given).map((table) => tf.mul(table, 1.1)) })),
    /logits differ/,
  ],
  [
    'a table without gradient',
    withForm(({ tables }) => ({
      tables: (parameters, time) =>
        tables(parameters, time).map((table) =>
          tf.customGrad((x) => ({ value: tf.clone(x as tf.Tensor), gradFunc: (dy) => tf.mul(dy, 0.5) }))(table),
        ),
    })),
    /the gradients of .* differ/,
  ],
  ['another alphabet', withForm(() => ({ vocabularySize: vocabularySize + 1 })), /alphabet of the tables/],
])('finds %s', (_what, model, problem) => {
  expect(problemOf(tablesAgree, model)).toMatch(problem);
});
