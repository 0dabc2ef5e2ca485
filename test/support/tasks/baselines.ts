import type { Task } from '../../../src/core/contracts/task';
import { lengthsWithin, spread } from '../../../src/data/lengths';
import { sampleInputs, scoredAnswer } from './second-solver';
import type { BaselineRow } from './page';

/** Of the lengths that a task has evenly spread over 41..500, as in the reference evaluation of Deletang et al. 2023. */
const evaluatedLengths = (task: Task) => spread(lengthsWithin(task, 41, 500), 11);

/**
 * Chance levels in percent of scored positions, fitted on half of the samples and scored on the other half:
 * the best output symbol of each length, and the best for each length and position.
 */
export function measureBaselines(
  task: Task,
  samples = task.answerLength(41) > 4 ? 200 : 800,
  lengths: readonly number[] = evaluatedLengths(task),
): BaselineRow {
  const symbols = task.alphabets.output.length;
  const scores = lengths.map((length) => {
    const answers = sampleInputs(task, length, samples, 'baselines').map((input) => scoredAnswer(task, input));
    const [fitted, tested] = [answers.slice(0, samples / 2), answers.slice(samples / 2)];
    const overall = new Array<number>(symbols).fill(0);
    for (const answer of fitted) for (const symbol of answer) overall[symbol]!++;
    const counts = Array.from({ length: Math.max(...tested.map((answer) => answer.length)) }, () =>
      new Array<number>(symbols).fill(0),
    );
    for (const answer of fitted) answer.forEach((symbol, i) => counts[i] && counts[i][symbol]!++);
    const [constant, table] = [best(overall), counts.map(best)];
    return { constant: hitRate(tested, () => constant), table: hitRate(tested, (i) => table[i]!) };
  });
  const percent = (of: (score: (typeof scores)[number]) => number) =>
    (100 * scores.reduce((sum, score) => sum + of(score), 0)) / scores.length;
  return { uniform: 100 / symbols, constant: percent((s) => s.constant), table: percent((s) => s.table) };
}

const best = (counts: readonly number[]) => counts.indexOf(Math.max(...counts));

/** Share of the positions of an answer that are right, mean over answers. */
function hitRate(answers: readonly (readonly number[])[], guess: (position: number) => number): number {
  const rates = answers.map((answer) => answer.filter((symbol, i) => symbol === guess(i)).length / answer.length);
  return rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
}
