import { EditDistance } from '../../tasks/edit-distance';
import { expectDistribution, tally } from '../support/statistics';
import { expectSameAnswers, sampleInputs } from '../support/tasks/second-solver';

/** Ukkonen 1985: the furthest row reached on each diagonal with e edits, for e = 0, 1, 2, ... */
function distance(left: readonly number[], right: readonly number[]): number {
  const slide = (row: number, diagonal: number) => {
    while (row < left.length && row + diagonal < right.length && left[row] === right[row + diagonal]) row++;
    return row;
  };
  let furthest = new Map([[0, slide(0, 0)]]);
  for (let edits = 0; ; edits++) {
    if (furthest.get(right.length - left.length) === left.length) return edits;
    const next = new Map<number, number>();
    for (let diagonal = -edits - 1; diagonal <= edits + 1; diagonal++) {
      const [same, below, above] = [0, -1, 1].map((step) => furthest.get(diagonal + step) ?? -Infinity);
      const row = Math.min(left.length, right.length - diagonal, Math.max(same! + 1, below!, above! + 1));
      if (row >= 0 && row + diagonal >= 0) next.set(diagonal, slide(row, diagonal));
    }
    furthest = next;
  }
}
const padded = (value: number, length: number) => [...String(value).padStart(String(length).length, '0')].map(Number);

describe('edit-distance', () => {
  const task = new EditDistance();
  const halves = (input: readonly number[]) =>
    [input.slice(0, input.indexOf(4)), input.slice(input.indexOf(4) + 1)] as const;

  it('agrees with the furthest rows on diagonals', () => {
    expectSameAnswers(task, (input) => padded(distance(...halves(input)), input.length), { perLength: 20 });
  });

  it('traces a table that ends with the answer', () => {
    for (const input of sampleInputs(task, 21, 50)) {
      const rows = task
        .trace(input)
        .map((id) => task.alphabets.trace![id])
        .join('')
        .split(',')
        .slice(0, -1);
      const [left, right] = halves(input);
      rows.forEach((row, i) => {
        const distances = row.match(/../g)!.map(Number);
        expect(distances).toEqual(distances.map((_, j) => distance(left.slice(0, i), right.slice(0, j))));
      });
      expect(rows.at(-1)!.slice(-2)).toBe(task.solve(input).join(''));
    }
  });

  it('redraws a uniform number of places', () => {
    // Among 4 places a uniform number is drawn anew, each from 4 letters: the chance of i differences.
    const differences = sampleInputs(task, 9, 20_000).map((input) => {
      const [left, right] = halves(input);
      return left.filter((letter, i) => letter !== right[i]).length;
    });
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
    const shares = [0, 1, 2, 3, 4].map((i) =>
      [0, 1, 2, 3, 4].reduce(
        (sum, drawn) => (i > drawn ? sum : sum + (choose(drawn, i) * 0.75 ** i * 0.25 ** (drawn - i)) / 5),
        0,
      ),
    );
    expectDistribution(tally(differences, 5), shares);
  });

  it.each([[[0, 1]], [[0, 4, 1, 4]]])('refuses %j', (input) => {
    expect(() => task.solve(input)).toThrow(/exactly one "#"/);
  });
});
