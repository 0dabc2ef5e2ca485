import { meanScore, mean } from '../data/score';
import type { Faults, LengthResult } from '../core/contracts/record';
import type { Task } from '../core/contracts/task';
import type { Predictor } from './predictor';
import { scoreAnswer, type AnswerScore } from './score-answer';
import { SequentialTest, sequencesPerLook } from './sequential-test';

type Input = readonly number[];

/** The test set of one length, as far as it has been answered. */
export class MeasuredLength {
  private readonly scores: AnswerScore[] = [];

  constructor(
    private readonly task: Task,
    private readonly inputs: readonly Input[],
    private readonly predictor: Predictor,
  ) {}

  /** Answers what has not been answered yet. */
  async finish(): Promise<void> {
    await this.answer(this.inputs.length - this.scores.length);
  }

  /**
   * Answers until it is certain whether the whole test set, which is in a random order, reaches the threshold; returns whether it
   * does.
   */
  async decide(threshold: number, error: number): Promise<boolean> {
    const test = new SequentialTest({ sequences: this.inputs.length, threshold, error });
    for (;;) {
      await this.answer(sequencesPerLook);
      const wrong = this.scores.filter(({ exact }) => exact < 1).length;
      const reaches = test.decide(this.scores.length, wrong);
      if (reaches !== undefined) return reaches;
    }
  }

  /** What was answered, and how many sequences were not. */
  get result(): Pick<LengthResult, 'sequences' | 'unmeasured' | 'score' | 'faults' | 'traceExact'> {
    const { scores, inputs } = this;
    const share = (kind: keyof Faults) => scores.filter(({ fault }) => fault === kind).length / scores.length;
    const traces = scores.flatMap(({ trace }) => (trace === null ? [] : [trace ? 1 : 0]));
    const unmeasured = inputs.length - scores.length;
    return {
      sequences: scores.length,
      ...(unmeasured > 0 && { unmeasured }),
      score: meanScore(scores),
      faults: { unfinished: share('unfinished'), malformed: share('malformed'), wrong: share('wrong') },
      ...(traces.length > 0 && { traceExact: mean(traces) }),
    };
  }

  private async answer(count: number): Promise<void> {
    const some = this.inputs.slice(this.scores.length, this.scores.length + count);
    if (some.length === 0) return;
    const answers = await this.predictor.predict(some);
    this.scores.push(...some.map((input, i) => scoreAnswer(this.task, input, answers[i]!)));
  }
}
