import {
  legendOf,
  noteLines,
  scaleOf,
  verdictItems,
  verdictMark,
} from '../../../../src/studies/capability/drawing/svg-legend';
import { verdicts } from '../../../../src/studies/capability/summarise/verdict';
import { elementsOf } from '../../../support/xml';

test('each verdict has a mark of its own', () => {
  const marks = verdicts.map((verdict) => verdictMark(verdict, 10, 10));
  expect(new Set(marks).size).toBe(verdicts.length);
  for (const mark of marks) elementsOf(`<g>${mark}</g>`);
});

test('a legend takes another line where it would leave the page', () => {
  const wide = legendOf(verdictItems, { left: 0, top: 0, right: 1000, from: scaleOf(0, 0).right });
  const narrow = legendOf(verdictItems, { left: 0, top: 0, right: 300 });
  expect(wide.bottom).toBe(14);
  expect(narrow.bottom).toBe(14 + 24);
});

test('notes are broken between words', () => expect(noteLines(['one two three'], 64)).toEqual(['one two', 'three']));
