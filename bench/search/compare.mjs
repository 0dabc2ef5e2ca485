/**
 * What halving costs beside whole trainings, and whether it chooses as well: `npx zoo run bench/search/halving.json`, the same with
 * all.json, then `node bench/search/compare.mjs runs/search-halving runs/search-all`. A trial draws the same in both, so that what
 * halving chose is judged by what the same trial came to when it was trained whole.
 */
import 'reflect-metadata';
import { createRequire } from 'node:module';

const { RecordPlaces } = createRequire(import.meta.url)('../../dist/src/run/store/record-places.js');

const [halving, whole] = process.argv.slice(2).map(recordsIn);

function recordsIn(folder) {
  const records = new RecordPlaces(folder).all().map((place) => JSON.parse(place.readNow()));
  return new Map(records.map((record) => [record.specification.architecture.id, record]));
}

const settingsOf = ({ settings }) =>
  Object.entries(settings)
    .map(([path, value]) => `${path.split('.').at(-1)} ${value}`)
    .join(', ');
const endOf = ({ ended, steps, reached }) =>
  ended === 'stopped-early' ? `learnt after ${steps}` : `${(100 * reached.at(-1).exact).toFixed(0)} %`;
/** Whether one end is as good as another: both learnt, or the accuracy is no lower. */
const isAsGood = (own, best) =>
  own.ended === 'stopped-early' ||
  (best.ended !== 'stopped-early' && own.reached.at(-1).exact >= best.reached.at(-1).exact);

const totals = { steps: [0, 0], seconds: [0, 0], same: 0, asGood: 0 };
console.log('| row | halving chose | it comes to | whole trainings choose | it comes to | steps | seconds |');
console.log('|---|---|---|---|---|---|---|');
for (const [row, all] of whole) {
  const half = halving.get(row);
  const [own, best] = [all.trials[half.chosen], all.trials[all.chosen]];
  const isSame = half.chosen === all.chosen;
  totals.same += isSame;
  totals.asGood += isSame || isAsGood(own, best);
  for (const [at, record] of [half, all].entries()) {
    totals.steps[at] += record.steps;
    totals.seconds[at] += record.provenance.trainingSeconds;
  }
  const share = (of) => (of(half) / of(all)).toFixed(2);
  console.log(
    `| ${row} | ${settingsOf(own)} | ${endOf(own)} | ${isSame ? 'the same' : settingsOf(best)} | ${endOf(best)} | ${share(({ steps }) => steps)} | ${share(({ provenance }) => provenance.trainingSeconds)} |`,
  );
}
const ratio = ([half, all]) => (half / all).toFixed(2);
console.log(
  `\nThe same choice in ${totals.same} of ${whole.size} rows, as good or better in ${totals.asGood}; ${ratio(totals.steps)} of the steps, ${ratio(totals.seconds)} of the seconds.`,
);
