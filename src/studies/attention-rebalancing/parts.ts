import type { Registry } from '../../../registry/registry';
import type { SequenceModel } from '../../core/contracts/architecture';
import type { CellSpecification } from '../../core/contracts/record';
import type { Task } from '../../core/contracts/task';
import { evaluatedLengths } from '../../data/lengths';
import { Split } from '../../data/split';
import { scoreAnswer } from '../../evaluation/score-answer';
import { ModelPredictor } from '../../evaluation/model-predictor';
import { testInputs } from '../../evaluation/test-set';
import { CompiledModel } from '../../model/generate/compiled-model';
import type { trainCell } from '../capability/train-cell';
import { settingsOf } from './settings';

export type TrainedCell = Awaited<ReturnType<typeof trainCell>>;

/** Inputs of one kind, by length: those of a length are answered together. */
export interface TestPart {
  readonly part: string;
  readonly task: Task;
  readonly inputs: readonly (readonly (readonly number[])[])[];
}

/** An answer, and all that was said, to tell whether two are the same. */
interface GivenAnswer {
  readonly isRight: boolean;
  readonly given: string;
}
/** By part, in the order of its inputs. */
export type Answered = ReadonlyMap<string, readonly GivenAnswer[]>;

/** Test inputs of trained lengths, of longer ones, and of every shift at trained lengths; parts without inputs are left out. */
export function testParts(registry: Registry, specification: CellSpecification, { split }: TrainedCell): TestPart[] {
  const { task: choice, protocol } = specification;
  const { sequencesPerLength, tokenBudget } = protocol.evaluation;
  const of = (part: string, own: Split, range: 'inRange' | 'near', name: string): TestPart => ({
    part,
    task: own.task,
    inputs: evaluatedLengths(own.task, protocol)
      [range].lengths.filter((length) => length <= tokenBudget)
      .map((length) => testInputs(own, name, length, sequencesPerLength)),
  });
  const shifted = settingsOf(specification).shifts.map(({ name, hyperparameters }) => {
    const task = registry.createTask(choice.id, { ...choice.hyperparameters, ...hyperparameters });
    return of(name, new Split(task, split.longest), 'inRange', `${choice.id} ${name}`);
  });
  const parts = [of('in range', split, 'inRange', choice.id), of('near', split, 'near', choice.id), ...shifted];
  return parts.filter(({ inputs }) => inputs.some((each) => each.length > 0));
}

/** What a model with the trained parameters answers. */
export async function answersOf(
  model: SequenceModel,
  parts: readonly TestPart[],
  { engine, trained, format, label }: Pick<TrainedCell, 'engine' | 'trained' | 'format' | 'label'>,
): Promise<Answered> {
  const compiled = new CompiledModel(engine, model, trained.layout, trained.parameters, label);
  const predictor = new ModelPredictor(compiled, format);
  const answered = new Map<string, GivenAnswer[]>();
  try {
    for (const { part, task, inputs } of parts) {
      const own: GivenAnswer[] = [];
      for (const some of inputs) {
        const answers = await predictor.predict(some);
        own.push(
          ...some.map((input, at) => ({
            isRight: scoreAnswer(task, input, answers[at]!).exact === 1,
            given: JSON.stringify(answers[at]),
          })),
        );
      }
      answered.set(part, own);
    }
    return answered;
  } finally {
    await predictor.dispose();
  }
}
