import { createInterface } from 'node:readline';
import { Option } from 'commander';
import { automatic } from '../../core/contracts/engine';
import { ZooError, zooError } from '../../core/errors';
import { enginesOf } from '../../engine/select';
import { ModelPredictor } from '../../evaluation/model-predictor';
import { CompiledModel } from '../../model/generate/compiled-model';
import { numberMapsSvg, numberMapText } from '../../report/number-map';
import { Asker, mapsOf, type Answered, type Looks } from '../answered';
import type { CommandDefinition } from '../command';
import { reportError } from '../errors';
import type { Context } from '../io';
import { jsonOption } from '../options';
import { readSymbols, writing } from '../symbols';
import { addTrainedOptions, openTrained, type OpenedCell, type TrainedOptions } from '../trained';

interface AnswerOptions extends TrainedOptions, Looks {
  readonly format: keyof typeof showings;
  readonly engine: string;
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** How an answer is shown, by what --format calls it. */
const showings = {
  text: { isPicture: false, isData: false, show: showText },
  svg: { isPicture: true, isData: false, show: showPicture },
  json: {
    isPicture: false,
    isData: true,
    show: (answered: Answered, _: Looks, context: Context) => context.printJson(answered),
  },
};

export const answerCell: CommandDefinition = {
  examples: [
    'zoo answer "lstm x parity" "1 0 1 1"',
    'zoo answer "lstm x parity" "1 0 1 1" --states',
    'zoo answer "transformer x parity" 1011 --attention --format svg > attention.svg',
    'zoo answer 3f9a1c "0 1 1 0" --in runs/quick --states --json',
    'zoo answer "lstm x parity" - < inputs.txt',
  ],
  define: (command, context) =>
    addTrainedOptions(command)
      .argument('<input>', `${writing}; - reads one input per line from standard input`)
      .option('--states', 'the state behind every token, of what grows with the sequence what the token wrote')
      .option('--attention', 'what every token looked at')
      .addOption(
        new Option('--format <format>', 'text, or a picture of states and attention')
          .choices(Object.keys(showings))
          .default('text'),
      )
      .option('--engine <name>', 'what computes the answer (zoo list engines)', automatic)
      .addOption(jsonOption())
      .action((named: string, input: string, options: AnswerOptions) => answerNamed(named, input, options, context)),
};

async function answerNamed(named: string, input: string, options: AnswerOptions, context: Context): Promise<void> {
  const format = options.json ? 'json' : options.format;
  const { isPicture } = showings[format];
  const refuse = (problem: string) =>
    zooError('usage', { problem: `--format ${format} ${problem}`, command: 'zoo answer' });
  if (isPicture && !(options.states || options.attention)) throw refuse('draws what --states or --attention show.');
  if (isPicture && input === '-') throw refuse('draws one input.');
  const opened = await openTrained(named, options, context.io.workingFolder);
  requireLooks(opened, options);
  const { cell } = opened;
  const engine = await enginesOf(opened.registry).open(options.engine, { threads: 1 }, (note) => context.note(note));
  const compiled = new CompiledModel(engine, cell.model, cell.layout, cell.parameters, named);
  const predictor = new ModelPredictor(compiled, cell.format);
  const asker = new Asker(opened, predictor);
  const ask = (text: string, place: string) => asker.ask(inputOf(opened, text, place), options);
  try {
    if (input === '-') return await answerStream(ask, showings[format].isData, options, context);
    await showings[format].show(await ask(input, 'the input'), options, context);
  } finally {
    await predictor.dispose();
    await engine.dispose();
  }
}

/** @throws no-such-form where a row does not have what is to be seen */
function requireLooks({ cell: { model }, row }: OpenedCell, { states, attention }: Looks): void {
  if (states && !model.step)
    throw zooError('no-such-form', { row, asked: 'state', reason: 'it reads whole sequences at once' });
  if (attention && !model.attention)
    throw zooError('no-such-form', {
      row,
      asked: 'attention to look at',
      reason: 'no token looks at others by weights',
    });
}

/** @throws invalid-input */
function inputOf({ cell: { task } }: OpenedCell, text: string, place: string): number[] {
  const input = readSymbols(text, task.alphabets.input, place);
  if (input.length > 0) return input;
  const problem = 'a trained row answers nothing to an input of length 0.';
  throw zooError('invalid-input', { place, problem, valid: 'inputs of at least one symbol' });
}

/** As `zoo solve` does: a line for each line, an empty one where there is no answer, which is told. */
async function answerStream(
  ask: (text: string, place: string) => Promise<Answered>,
  json: boolean,
  options: AnswerOptions,
  context: Context,
): Promise<void> {
  let number = 0;
  for await (const text of createInterface({ input: context.io.stdin, crlfDelay: Infinity })) {
    const line = ++number;
    try {
      const answered = await ask(line === 1 ? text.replace(/^\uFEFF/, '') : text, `standard input, line ${line}`);
      await (json ? context.printJson(answered) : context.print(answered.answer.join(' ')));
    } catch (error) {
      if (!(error instanceof ZooError)) throw error;
      context.exitCode = reportError(error, context, { json, debug: options.debug ?? false });
      const { code, what } = error;
      await (json ? context.printJson({ line, error: { code, what } }) : context.print(''));
    }
  }
}

async function showText(answered: Answered, looks: Looks, context: Context): Promise<void> {
  for (const line of linesOf(answered, context)) await context.print(line);
  if (looks.attention && !answered.attention) context.note('The sequence is too long for its attention to be shown.');
  for (const map of mapsOf(answered))
    for (const line of ['', ...numberMapText(map, context.terminal.width ?? 100)]) await context.print(line);
}

function showPicture(answered: Answered, _: Looks, context: Context): Promise<void> {
  const { row, column, seed } = answered.cell;
  const said = `Input ${answered.input.join(' ')}, answer ${answered.answer.join(' ')}`;
  return context.write(numberMapsSvg(`${row} x ${column}, seed ${seed}`, said, mapsOf(answered)));
}

function linesOf(answered: Answered, { colors }: Context): string[] {
  const { input, answer, right, trace, rightTrace, traceIsRight, isRight, isUnfinished, scored } = answered;
  const line = (label: string, symbols: readonly string[]) => `${label.padEnd(8)}${symbols.join(' ') || '(empty)'}`;
  const verdict = isRight ? 'right' : isUnfinished ? 'unfinished' : 'wrong';
  const part = scored === right.length ? '' : `, of which the first ${scored} count`;
  return [
    line('input', input),
    ...(trace ? [line('wrote', trace), ...(traceIsRight ? [] : [line('due', rightTrace!)])] : []),
    `${line('answer', answer)}   ${isRight ? verdict : colors.bold(verdict)}`,
    `${line('right', right)}${part}`,
  ];
}
