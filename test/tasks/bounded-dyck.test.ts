import { BoundedDyck, BoundedDyck12, BoundedDyck2, BoundedDyck3, BoundedDyck4 } from '../../tasks/bounded-dyck';
import { isNestedTo } from '../support/tasks/bracket-recogniser';
import { describeRecognition } from '../support/tasks/recognition';
import { expectSameAnswers } from '../support/tasks/second-solver';

describe('bounded-dyck-2', () =>
  describeRecognition(new BoundedDyck2(), (word) => isNestedTo(2, word), { length: 12 }));
describe('bounded-dyck-3', () =>
  describeRecognition(new BoundedDyck3(), (word) => isNestedTo(3, word), { length: 12 }));

describe('bounded-dyck', () => {
  it.each([
    ['bounded-dyck', new BoundedDyck(), 8],
    ['bounded-dyck-4', new BoundedDyck4(), 4],
    ['bounded-dyck-12', new BoundedDyck12(), 12],
  ])('%s agrees with deleting matched neighbours', (_, task, depth) =>
    expectSameAnswers(task, (word) => [isNestedTo(depth, word) ? 1 : 0]),
  );

  it('agrees with its regular expression', () => {
    // D_2 = (a (a b)* b)*
    expectSameAnswers(new BoundedDyck2(), (word) => [/^(0(01)*1)*$/.test(word.join('')) ? 1 : 0]);
  });
});
