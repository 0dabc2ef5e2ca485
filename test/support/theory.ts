import type { ColumnProperties, RowProperties } from '../../src/core/contracts/theory';
import { nothingKnown } from '../../src/theory/column-properties';

const unknownRow: RowProperties = {
  mode: 'direct',
  causal: true,
  update: 'scan',
  transition: null,
  transitionForm: null,
  factors: null,
  realEigenvalues: null,
  leastEigenvalue: null,
  realProducts: null,
  positions: 'none',
  softmaxAttention: false,
  counts: null,
  layers: 2,
  depthPerToken: 0,
  units: null,
  stateNumbers: null,
  stateSize: null,
  dictionarySize: null,
  headWidth: null,
  externalMemory: null,
  cells: null,
};

const unknownColumn: ColumnProperties = {
  ...nothingKnown,
  level: 'regular',
  circuitClass: 'AC0',
  hasTrace: true,
  isRegular: true,
  letters: 2,
  memory: 'bounded',
};

/** A row of which only this is known. */
export const rowOf = (known: Partial<RowProperties>): RowProperties => ({ ...unknownRow, ...known });
/** A column of which only this is known. */
export const columnOf = (known: Partial<ColumnProperties>): ColumnProperties => ({ ...unknownColumn, ...known });

const transformer = { update: 'feed-forward', softmaxAttention: true } as const;
const diagonal = { transition: 'elementwise', realEigenvalues: true, realProducts: true, stateNumbers: 4864 } as const;
const delta = { transition: 'matrix', transitionForm: 'householder', realEigenvalues: true, headWidth: 16 } as const;
const nonLinear = { update: 'sequential', depthPerToken: 1, units: 64, stateNumbers: 64, counts: false } as const;

/** Rows as the zoo has them, as far as propositions ask. */
export const rows = {
  rnn: rowOf(nonLinear),
  lstm: rowOf({ ...nonLinear, depthPerToken: 2, stateNumbers: 128, counts: true }),
  'stack-rnn': rowOf({ ...nonLinear, counts: null, externalMemory: 'stack', stateNumbers: 2000 }),
  transformer: rowOf({ ...transformer, positions: 'rotary' }),
  'transformer-none': rowOf({ ...transformer, positions: 'none' }),
  'transformer-learned': rowOf({ ...transformer, positions: 'learned' }),
  'cot-transformer': rowOf({ ...transformer, positions: 'rotary', mode: 'chain-of-thought' }),
  'universal-transformer-long': rowOf({ ...transformer, positions: 'sinusoidal', depthPerToken: 0.75 }),
  mamba: rowOf({ ...diagonal, leastEigenvalue: 0, counts: true }),
  'mamba-negative': rowOf({ ...diagonal, leastEigenvalue: -1, counts: true }),
  deltanet: rowOf({ ...delta, factors: 1, leastEigenvalue: 0, realProducts: true, stateNumbers: 3200 }),
  'deltanet-negative': rowOf({ ...delta, factors: 1, leastEigenvalue: -1, realProducts: false, stateNumbers: 3200 }),
  'deltaproduct-negative': rowOf({
    ...delta,
    factors: 2,
    leastEigenvalue: -1,
    realEigenvalues: false,
    realProducts: false,
    stateNumbers: 3200,
  }),
  'pd-ssm': rowOf({
    transition: 'matrix',
    transitionForm: 'permutation-diagonal',
    stateSize: 24,
    dictionarySize: 6,
    stateNumbers: 96,
  }),
};

const outside = { starFree: false, rTrivial: false, cRasp: false, cRaspWithPositions: false } as const;
const aGroup = {
  ...outside,
  group: true,
  quasiAperiodic: false,
  solvable: true,
  abelian: true,
  oddCycle: false,
} as const;
const linear = {
  level: 'deterministic-context-free',
  isRegular: false,
  memory: 'linear',
  cRasp: false,
  cRaspWithPositions: false,
} as const;

/** Columns as the zoo has them, as far as propositions ask. */
export const columns = {
  parity: columnOf({
    ...aGroup,
    circuitClass: 'ACC0 (not AC0)',
    states: 2,
    letters: 2,
    monoid: 2,
    evenCycle: true,
    points: 2,
    pointsMoved: 2,
  }),
  'cycle-navigation': columnOf({
    ...aGroup,
    states: 5,
    letters: 3,
    monoid: 5,
    evenCycle: false,
    oddCycle: true,
    points: 5,
    pointsMoved: 5,
  }),
  a5: columnOf({
    ...aGroup,
    circuitClass: 'NC1-complete',
    hardFor: 'NC1',
    solvable: false,
    abelian: false,
    states: 60,
    letters: 60,
    monoid: 60,
    evenCycle: true,
    oddCycle: true,
    points: 5,
    pointsMoved: 5,
  }),
  'flip-flop': columnOf({
    ...outside,
    starFree: true,
    quasiAperiodic: true,
    states: 4,
    letters: 5,
    resetLayers: 2,
    group: false,
  }),
  'even-pairs': columnOf({
    starFree: true,
    quasiAperiodic: true,
    states: 5,
    letters: 2,
    group: false,
    cRasp: false,
    cRaspWithPositions: true,
  }),
  majority: columnOf({
    level: 'counter',
    circuitClass: 'TC0-complete',
    isRegular: false,
    counters: 1,
    cRasp: true,
    cRaspWithPositions: true,
    pushdown: 'deterministic',
  }),
  counting: columnOf({
    level: 'counter',
    circuitClass: 'TC0-complete',
    isRegular: false,
    cRasp: false,
    cRaspWithPositions: false,
    evenCycle: true,
    oddCycle: true,
  }),
  reversal: columnOf({ ...linear, pushdown: 'deterministic' }),
  mqar: columnOf({ starFree: true, letters: 128, hasTrace: false }),
};
