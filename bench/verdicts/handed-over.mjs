// What the zoo tells the other contestants of a cell: its settings, and the sequences that it is validated and tested with.
import { builtIn, modelOf, zoo } from '../peers/zoo.mjs';

const { discover } = zoo('registry/discover');
const { createRng } = zoo('src/core/random');
const { Protocol } = zoo('src/core/protocol');
const { scoredAnswer } = zoo('src/core/scored-answer');
const { createFormat } = zoo('src/data/format');
const { buckets, evaluatedLengths, trainedLengths } = zoo('src/data/lengths');
const { Split } = zoo('src/data/split');
const { testInputs } = zoo('src/evaluation/test-set');

discover(builtIn, 'tasks');

/** The inputs of the validation set (src/train/validation.ts). */
function heldOut(format, split, column, protocol) {
  const validated = buckets(format, trainedLengths(format, protocol, 'validation').lengths);
  const count = validated.flatMap(({ lengths }) => lengths).length;
  const rng = createRng('held-out').split(column);
  return validated.flatMap(({ lengths, tokens }) => {
    const rows = Math.max(1, Math.round((protocol.heldOut.sequences * lengths.length) / count));
    return Array.from({ length: rows }, (_, i) => {
      const stream = rng.split(tokens).split(i);
      return split.draw('validation', stream, stream.choice(lengths));
    });
  });
}

/** The protocol of a cell, complete. */
function protocolOf(given, learningRate) {
  const protocol = new Protocol();
  for (const [name, value] of Object.entries(given))
    if (typeof value === 'object') Object.assign(protocol[name], value);
    else protocol[name] = value;
  if (learningRate !== undefined) protocol.optimiser.learningRate = learningRate;
  return protocol;
}

/** Everything that a script needs to measure a cell, as JSON. */
export function handedOver({ row, column, learningRate }, given) {
  const protocol = protocolOf(given, learningRate);
  const unit = builtIn.resolve('architecture', row);
  const mode = unit.meta.mode ?? 'direct';
  const task = builtIn.createTask(column);
  const split = new Split(task, protocol.trainingLengths.maximum);
  const format = createFormat(task, mode, protocol);
  const { layout } = modelOf({ architecture: row, hyperparameters: {}, vocabulary: format.vocabulary.size });
  const hyperparameters = { ...builtIn.hyperparameters(unit, {}, { place: row }) };
  const { lengths } = trainedLengths(format, protocol);
  const asked = Object.entries(evaluatedLengths(task, protocol));
  const tests = asked.flatMap(([range, { lengths }]) =>
    lengths.map((length) => {
      const inputs = testInputs(split, column, length, protocol.evaluation.sequencesPerLength);
      return { length, range, inputs, answers: inputs.map((input) => scoredAnswer(task, input)) };
    }),
  );
  return {
    row,
    column,
    mode,
    hyperparameters,
    protocol,
    parameterCount: layout.count,
    keptApart: lengths.filter((length) => split.keepsApart(length)),
    heldOut: heldOut(format, split, column, protocol),
    tests,
  };
}

/** The experiment that has all cells with one seed, for `zoo run`. */
export const experimentOf = ({ protocol, cells }, seed) => ({
  name: 'verdicts',
  description: 'Cells that are measured from command to record.',
  architectures: cells.map(({ row, learningRate }) =>
    learningRate === undefined ? row : { id: row, protocol: { optimiser: { learningRate } } },
  ),
  tasks: [...new Set(cells.map(({ column }) => column))],
  seeds: [seed],
  protocol,
});
