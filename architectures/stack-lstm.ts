import { architecture, type Architecture, type SequenceModel } from '../registry';
import { languageModel, memoryAugmented, ParameterScope, recurrence, withExternalMemory } from './layers';
import { longShortTermMemory } from './lstm';
import { softStack, type StackHyperparameters, stackMeta } from './stack-rnn';

/** The stack of `stack-rnn` with an LSTM in control (Deletang et al. 2023, appendix B). */
@architecture({
  ...stackMeta,
  id: 'stack-lstm',
  title: 'Stack-LSTM',
  theory: { externalMemory: 'stack', counts: true },
  summary: 'An LSTM that pushes to, pops from and sees the top of a differentiable stack.',
})
export class StackLstm implements Architecture<StackHyperparameters> {
  build(hyperparameters: StackHyperparameters, vocabularySize: number): SequenceModel {
    const { embeddingWidth, hiddenSize, stackWidth, memory } = hyperparameters;
    const options = { vocabularySize, width: embeddingWidth, outputWidth: hiddenSize };
    return withExternalMemory(memory, (cells) =>
      languageModel(ParameterScope.root(), options, (scope) => {
        const controller = longShortTermMemory(scope.child('controller'), embeddingWidth, hiddenSize);
        const stack = softStack(scope.child('stack'), hiddenSize, stackWidth, cells);
        return recurrence(memoryAugmented(scope, controller, 4 * hiddenSize, stack));
      }),
    );
  }
}
