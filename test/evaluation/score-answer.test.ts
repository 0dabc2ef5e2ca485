import { scoreAnswer } from '../../src/evaluation/score-answer';
import { Multiplication } from '../../tasks/multiplication';
import { Parity } from '../../tasks/parity';
import { Reversal } from '../../tasks/reversal';

describe('scoring one answer', () => {
  const reversal = new Reversal();
  test.each([
    ['right', [1, 1, 0], { exact: 1, token: 1, fault: null }],
    ['one symbol wrong', [1, 1, 1], { exact: 0, token: 2 / 3, fault: 'wrong' }],
    ['too short', [1], { exact: 0, token: 1 / 3, fault: 'malformed' }],
    ['too long: what follows is ignored', [1, 1, 0, 0], { exact: 1, token: 1, fault: null }],
    ['no answer symbol', [1, -1, 0], { exact: 0, token: 2 / 3, fault: 'malformed' }],
    ['nothing', [], { exact: 0, token: 0, fault: 'malformed' }],
  ])('%s', (_, answer, score) => {
    expect(scoreAnswer(reversal, [0, 1, 1], { answer })).toMatchObject(score);
  });
  test('an answer that never came to its end is unfinished, whatever there is of it', () => {
    expect(scoreAnswer(reversal, [0, 1], { answer: [0, 0], isUnfinished: true }).fault).toBe('unfinished');
    expect(scoreAnswer(reversal, [0, 1], { answer: [], isUnfinished: true }).fault).toBe('unfinished');
    expect(scoreAnswer(reversal, [0, 1], { answer: [1, 0], isUnfinished: true }).fault).toBeNull();
  });
  test('padding after a terminator does not count', () => {
    // 1 * 3 = 3: little-endian 1 1, terminator 2, then zeros that are not scored.
    expect(scoreAnswer(new Multiplication(), [1, 0, 2, 1, 1], { answer: [1, 1, 2, 1, 1] })).toMatchObject({
      exact: 1,
      token: 1,
    });
  });
  test('a trace is judged apart from the answer', () => {
    const parity = new Parity();
    expect(scoreAnswer(parity, [1, 1], { answer: [0], trace: [1, 3, 1, 2] })).toMatchObject({ exact: 1, trace: true });
    expect(scoreAnswer(parity, [1, 1], { answer: [0], trace: [1, 2, 1, 2] })).toMatchObject({ exact: 1, trace: false });
    expect(scoreAnswer(parity, [1, 1], { answer: [0] }).trace).toBeNull();
  });
});
