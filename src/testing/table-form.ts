import { modelShortcuts } from '../../architectures/layers/shortcuts';
import type { Parameters } from '../core/contracts/architecture';
import { entriesOf } from '../model/tables';
import { difference, movedParameters, randomTokens, vocabularySize } from './models';
import { sameGradients } from './same-gradients';
import { stepTolerance, type Subject } from './subject';

/** `forward` against the table form. */
export function tablesAgree({ model, rng, assert }: Subject): void {
  const tableForm = modelShortcuts(model).tableForm!;
  const parameters = movedParameters(model, rng);
  const time = 5;
  const [tokens, targets] = [randomTokens(rng, 3, time), randomTokens(rng, 3, time)];
  const byTables = (list: Parameters) =>
    tableForm.forward(
      list,
      tableForm.tables(list, time).map((table) => entriesOf(table, tokens, vocabularySize)),
    );
  assert(
    tableForm.vocabularySize === vocabularySize,
    `the alphabet of the tables has ${tableForm.vocabularySize} tokens`,
  );
  const apart = difference(model.forward(parameters, tokens).dataSync(), byTables(parameters).dataSync());
  assert(apart < stepTolerance, `logits differ by ${apart}`);
  sameGradients({ model, assert }, parameters, targets, (list) => model.forward(list, tokens), byTables);
}
