import type { Task } from '../../../src/core/contracts/task';
import { expectDistribution, tally } from '../statistics';
import { everyWord, wordNumber } from './every-word';
import { expectSameAnswers, sampleInputs } from './second-solver';

type Recogniser = (input: readonly number[]) => boolean;

/** The stated properties of a recognition task, against an independent recogniser. */
export function describeRecognition(
  task: Task,
  recognises: Recogniser,
  { length, perLength = 40 }: { length: number; perLength?: number },
): void {
  const symbols = task.alphabets.input.length;
  const isMember = (input: readonly number[]) => task.solve(input)[0] === 1;

  it('agrees with an independent recogniser on every short word', () => {
    for (let short = 1; symbols ** short <= 5000; short++)
      for (const word of everyWord(symbols, short))
        if (isMember(word) !== recognises(word)) throw new Error(`[${word.join(' ')}] is called ${isMember(word)}`);
  });

  it('agrees with an independent recogniser on sampled words', () => {
    expectSameAnswers(task, (input) => [recognises(input) ? 1 : 0], { perLength });
  });

  it('draws as many members as non-members', () => {
    const answers = [length, 40].flatMap((asked) =>
      sampleInputs(task, asked, 3000).map((input) => task.solve(input)[0]!),
    );
    expectDistribution(tally(answers, 2), [1, 1]);
  });

  it('draws every member of a length equally often', () => {
    const members = everyWord(symbols, length).filter(recognises);
    const place = new Map(members.map((word, i) => [wordNumber(word, symbols), i]));
    const drawn = sampleInputs(task, length, Math.max(4000, 60 * members.length)).filter(isMember);
    expectDistribution(
      tally(
        drawn.map((word) => place.get(wordNumber(word, symbols))!),
        members.length,
      ),
      members.map(() => 1),
    );
  });

  it('draws half of the non-members near to members', () => {
    // At this length nearly every uniform word is further than two edits from the language, so distance tells the kinds.
    const words = sampleInputs(task, length, 3000);
    const negatives = words.filter((word) => !isMember(word));
    const near = negatives.filter((word) => isNear(word, symbols, recognises)).length / negatives.length;
    const uniform = everyWord(symbols, length).filter((word) => !recognises(word));
    const expected = 0.5 + 0.5 * share(sampled(uniform, 1500), (word) => isNear(word, symbols, recognises));
    expect(Math.abs(near - expected)).toBeLessThan(0.06);
  });
}

/** Entries spread over the list by a stride that is prime to most lengths. */
const sampled = <T>(list: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, i) => list[(i * 7919) % list.length]!);

const share = <T>(list: readonly T[], holds: (value: T) => boolean) => list.filter(holds).length / list.length;

/** Whether one or two edits (a replacement or an exchange each) lead from the word to a member. */
function isNear(word: readonly number[], symbols: number, recognises: Recogniser): boolean {
  const once = edits(word, symbols);
  return once.some(recognises) || once.some((edited) => edits(edited, symbols).some(recognises));
}

function edits(word: readonly number[], symbols: number): number[][] {
  const all: number[][] = [];
  for (let i = 0; i < word.length; i++) {
    for (let symbol = 0; symbol < symbols; symbol++) if (symbol !== word[i]) all.push(word.with(i, symbol));
    for (let j = i + 1; j < word.length; j++)
      if (word[i] !== word[j]) all.push(word.with(i, word[j]!).with(j, word[i]!));
  }
  return all;
}
