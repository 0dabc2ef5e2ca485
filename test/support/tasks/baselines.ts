import type { Task } from '../../../src/core/contracts/task';
import { sampleInputs, scoredAnswer } from './second-solver';
import type { BaselineRow } from './page';

/** Evenly spread over 41..500, as in the reference evaluation of Deletang et al. 2023. */
const evaluatedLengths = [41, 87, 133, 179, 225, 271, 317, 363, 409, 455, 500];

/**
 * Chance levels in percent of scored positions, fitted on half of the samples and scored on the other half:
 * the best single output symbol, and the best symbol for each length and position.
 */
export function measureBaselines(
  task: Task,
  samples = task.answerLength(41) > 4 ? 200 : 800,
  lengths: readonly number[] = evaluatedLengths,
): BaselineRow {
  const symbols = task.alphabets.output.length;
  const halves = lengths.map((length) => {
    const answers = sampleInputs(task, length, samples, 'baselines').map((input) => scoredAnswer(task, input));
    return { fitted: answers.slice(0, samples / 2), tested: answers.slice(samples / 2) };
  });
  const overall = new Array<number>(symbols).fill(0);
  for (const { fitted } of halves) for (const answer of fitted) for (const symbol of answer) overall[symbol]!++;
  const constant = best(overall);

  const scores = halves.map(({ fitted, tested }) => {
    const positions = Math.max(...tested.map((answer) => answer.length));
    const counts = Array.from({ length: positions }, () => new Array<number>(symbols).fill(0));
    for (const answer of fitted) answer.forEach((symbol, i) => counts[i] && counts[i][symbol]!++);
    const table = counts.map(best);
    return { constant: hitRate(tested, () => constant), table: hitRate(tested, (i) => table[i]!) };
  });
  const percent = (of: (score: (typeof scores)[number]) => number) =>
    (100 * scores.reduce((sum, score) => sum + of(score), 0)) / scores.length;
  return { uniform: 100 / symbols, constant: percent((s) => s.constant), table: percent((s) => s.table) };
}

const best = (counts: readonly number[]) => counts.indexOf(Math.max(...counts));

function hitRate(answers: readonly (readonly number[])[], guess: (position: number) => number): number {
  let hits = 0;
  let positions = 0;
  for (const answer of answers) {
    positions += answer.length;
    answer.forEach((symbol, i) => (hits += symbol === guess(i) ? 1 : 0));
  }
  return hits / positions;
}
