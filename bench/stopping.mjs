/**
 * What the rules that spare training and evaluation would have done to the cells whose records are here:
 *
 *   npm run build && node bench/stopping.mjs [folder...]     (default: every folder of results)
 *
 * Futility: each curve is replayed look by look. A stop is false where a later look, and none before, has an exact match of 0.99.
 * Sequential evaluation: test sets of which as many answers are right as a record says of each length are evaluated again, in
 * several random orders, and verdicts compared with those of the records.
 */
import 'reflect-metadata';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const built = (file) => require(`../dist/src/${file}`);
const { RecordPlaces } = built('run/store/record-places.js');
const { isFutile } = built('train/futility.js');
const { evaluate } = built('evaluation/evaluate.js');
const { summariseCell } = built('studies/capability/summarise/cell-summary.js');
const { noBaselines } = built('studies/capability/summarise/baselines.js');
const { verdictThresholds } = built('studies/capability/summarise/verdict.js');

const named = process.argv.slice(2);
const folders = named.length > 0 ? named : readdirSync('results').map((name) => join('results', name));
/** Of rows that were trained. */
const records = folders
  .flatMap((folder) => new RecordPlaces(folder).all())
  .map((place) => JSON.parse(place.readNow()))
  .filter(({ training }) => training);

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const line = (...fields) => console.log(`| ${fields.join(' | ')} |`);
const every = ({ specification }) => specification.protocol.heldOut.every;

// Looks every 10 steps are no looks every 100: sparse-parity has its own line.
for (const [title, own] of [
  ['looks every 100 steps or more', records.filter((record) => every(record) >= 100)],
  ['looks every 10 steps (sparse-parity)', records.filter((record) => every(record) === 10)],
]) {
  if (own.length === 0) continue;
  const curves = own.map(({ training }) => training.curve.map((point) => ({ ...point, loss: point.loss ?? NaN })));
  const learns = curves.map((curve) => curve.findIndex(({ heldOut }) => heldOut?.exact >= 0.99));
  const learnt = learns.filter((at) => at >= 0).length;
  console.log(`\n${title}: ${own.length} cells, of which ${learnt} reach an exact match of 0.99\n`);
  line('`stop.futile`', 'cells stopped', 'of those that reach it', 'looks saved of cells that do not', 'of all looks');
  line('---:', '---:', '---:', '---:', '---:');
  for (const looks of [6, 8, 9, 10, 12, 15, 20]) {
    const stops = curves.map((curve) => curve.findIndex((_, at) => isFutile(curve.slice(0, at + 1), looks)));
    const isStopped = (at, cell) => at >= 0 && at < curves[cell].length - 1;
    const isFalse = (at, cell) => isStopped(at, cell) && learns[cell] > at;
    const sum = (of) => curves.reduce((total, curve, cell) => total + of(curve, cell), 0);
    const saved = (curve, cell) => (isStopped(stops[cell], cell) ? curve.length - 1 - stops[cell] : 0);
    const hopeless = (of) => sum((curve, cell) => (learns[cell] < 0 ? of(curve, cell) : 0));
    line(
      looks,
      stops.filter(isStopped).length,
      stops.filter(isFalse).length,
      percent(hopeless(saved) / hopeless(({ length }) => length)),
      percent(sum(saved) / sum(({ length }) => length)),
    );
  }
}

/** What a record's cell comes to where its test sets are evaluated in another order, up to this error. */
async function replayed({ specification, lengths, ranges }, order, error) {
  const evaluated = lengths.filter(({ score }) => score);
  const at = new Map(evaluated.map((result) => [result.length, result]));
  // Its first symbol says whether an input is answered rightly.
  const inputsOf = ({ score, sequences }) =>
    Array.from({ length: sequences }, (_, i) => [i < Math.round(score.exact * sequences) ? 1 : 0, i]);
  const task = {
    answerLength: () => 2,
    solve: () => [0],
    collection: { lengths: () => [...at.keys()], inputs: (_, length) => inputsOf(at.get(length)) },
  };
  const split = { task, longest: 0, keepsApart: (length) => at.get(length).notAveraged === undefined };
  const protocol = structuredClone(specification.protocol);
  Object.assign(protocol.evaluation, { lengths: [...at.keys()], sequential: { error } });
  const predict = async (inputs) => inputs.map(([isRight]) => ({ answer: isRight ? [0] : [] }));
  const found = await evaluate(split, `order ${order} of ${specification.task.id}`, protocol, {
    tokensAt: () => 1,
    predictorFor: () => ({ predict }),
    thresholdOf: (range) => verdictThresholds[range],
    onLength: () => undefined,
  });
  for (const range of Object.keys(ranges)) found.ranges[range].notEvaluated = ranges[range].notEvaluated;
  return found;
}

const capability = records.filter(({ lengths, ranges }) => lengths?.some(({ score }) => score) && ranges);
const verdictOf = (record) => summariseCell([record], noBaselines);
const orders = 5;
console.log(`\nsequential evaluation: ${capability.length} cells, ${orders} orders of their test sets\n`);
line('`error`', 'other verdicts', 'other borderlines', 'sequences answered', 'their symbols');
line('---:', '---:', '---:', '---:', '---:');
for (const error of [0.1, 0.01, 0.001]) {
  const total = { verdicts: 0, borderlines: 0, answered: 0, all: 0, symbols: 0, allSymbols: 0 };
  for (let order = 0; order < orders; order++)
    for (const record of capability) {
      const found = await replayed(record, order, error);
      const [before, now] = [verdictOf(record), verdictOf({ ...record, ...found })];
      if (before.verdict !== now.verdict) total.verdicts++;
      if (before.isBorderline !== now.isBorderline) total.borderlines++;
      for (const { length, sequences, unmeasured = 0 } of found.lengths) {
        total.answered += sequences;
        total.all += sequences + unmeasured;
        total.symbols += length * sequences;
        total.allSymbols += length * (sequences + unmeasured);
      }
    }
  const runs = orders * capability.length;
  line(
    error,
    `${total.verdicts} of ${runs}`,
    `${total.borderlines} of ${runs}`,
    percent(total.answered / total.all),
    percent(total.symbols / total.allSymbols),
  );
}
