import { verdictMark } from '../studies/capability/drawing/svg-legend';
import { theoryMark } from '../studies/capability/drawing/svg-theory-marks';
import type { TheoryMark } from '../studies/capability/drawing/theory-marks';
import { verdictsInOrder } from '../studies/capability/report/grid-data';
import { svg } from './dom';

/** The disc of a verdict, by its place; the fuller, the longer the lengths. */
export const verdictSign = (verdict: number, className = 'mark'): SVGElement =>
  svg(verdictMark(verdictsInOrder[verdict]!, 0, 0), { size: 16, className });

/** What became of theory's prediction. */
export const theorySign = (mark: string, className = 'mark'): SVGElement =>
  svg(theoryMark(mark as TheoryMark, 0, 0), { size: 16, className });
