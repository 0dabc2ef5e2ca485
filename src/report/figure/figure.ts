export type { Axis, Figure, Panel, Point, Sample, Series } from '../../core/contracts/figure';
