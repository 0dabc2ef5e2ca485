import { resolve } from 'node:path';
import { Option } from 'commander';
import { writeAsked } from '../../core/atomic-file';
import { checkOnnxFile } from '../../evaluation/export/onnx-check';
import { onnxFile, onnxForms, type OnnxForm } from '../../evaluation/export/onnx-file';
import { encodeNpz } from '../../run/store/npz';
import { encodeSafetensors } from '../../run/store/safetensors';
import { versions } from '../../train/provenance';
import type { CommandDefinition } from '../command';
import type { Context } from '../io';
import { jsonOption, wholeNumber } from '../options';
import { addTrainedOptions, openTrained, type OpenedCell, type TrainedOptions } from '../trained';

/** What can be written: weights alone, or the program with them. */
const exportFormats = {
  onnx: undefined,
  safetensors: encodeSafetensors,
  npz: ({ tensors }: Parameters<typeof encodeSafetensors>[0]) => encodeNpz(tensors),
} as const;

interface ExportOptions extends TrainedOptions {
  readonly format: keyof typeof exportFormats;
  readonly form: OnnxForm;
  readonly length?: number;
  readonly batch: number;
  readonly out?: string;
  readonly json?: boolean;
}

export const exportCell: CommandDefinition = {
  examples: [
    'zoo export "lstm x parity" --format onnx',
    'zoo export "transformer x parity" --format onnx --form step --length 256',
    'zoo export 3f9a1c --in runs/quick --format safetensors --out lstm.safetensors',
    'zoo export "lstm x parity" --seed 2 --format npz --out - > lstm.npz',
  ],
  define: (command, context) =>
    addTrainedOptions(command)
      .addOption(new Option('--format <format>', 'what to write').choices(Object.keys(exportFormats)).default('onnx'))
      .addOption(
        new Option('--form <form>', 'onnx: whole sequences at once, or one step with the state going in and out')
          .choices(onnxForms)
          .default('whole'),
      )
      .option(
        '--length <tokens>',
        'onnx: tokens of a sequence; of a step whose state grows, tokens that it has room for (default: of the longest trained input)',
        wholeNumber(1, 65_536),
      )
      .option('--batch <sequences>', 'onnx: sequences at a time', wholeNumber(1, 4096), 1)
      .option('--out <file>', 'file to write, - for standard output (default: <row>-<column>-<seed>.<format>)')
      .addOption(jsonOption())
      .action((named: string, options: ExportOptions) => writeExport(named, options, context)),
};

async function writeExport(named: string, options: ExportOptions, context: Context): Promise<void> {
  const { workingFolder } = context.io;
  const opened = await openTrained(named, options, workingFolder);
  const { cell, row, column, job } = opened;
  const size = { batch: options.batch, time: options.length ?? longestTrained(opened) };
  const encodeWeights = exportFormats[options.format];
  const isOnnx = encodeWeights === undefined;
  const settings = { form: options.form, ...size };
  const content = encodeWeights
    ? encodeWeights(weightsOf(opened))
    : onnxFile(cell, { ...settings, metadata: metadataOf(opened) });
  const check = isOnnx ? await checkOnnxFile(cell, content, settings) : null;
  const out =
    options.out ??
    fileName(
      [row, column, String(job.specification.seed), ...(isOnnx && options.form === 'step' ? ['step'] : [])],
      options.format,
    );
  if (out === '-') return context.write(content);
  const file = resolve(workingFolder, out);
  writeAsked(file, content);
  if (options.json) return context.printJson({ file, bytes: content.length, ...(isOnnx && { ...settings, check }) });
  await context.print(`${out}  ${Math.ceil(content.length / 1000)} kB`);
  if (check)
    context.note(`${check.by} opens it; its logits differ from ours by at most ${check.difference.toExponential(1)}.`);
  else if (isOnnx) context.note('It was not checked: onnxruntime-node is not installed.');
}

/** Letters and digits of names; others are no part of a file's name everywhere. */
const fileName = (parts: readonly string[], format: string): string =>
  `${parts.map((part) => part.replace(/[^A-Za-z0-9.]+/g, '-').replace(/^-+|-+$/g, '')).join('-')}.${format}`;

function longestTrained({ cell }: OpenedCell): number {
  return cell.format.maximumTokens(cell.specification.protocol.trainingLengths.maximum);
}

const weightsOf = (opened: OpenedCell) => ({
  tensors: opened.cell.layout.arrays(opened.cell.parameters),
  metadata: metadataOf(opened),
});

const metadataOf = ({ job, row, column }: OpenedCell): Record<string, string> => ({
  row,
  column,
  key: job.key,
  seed: String(job.specification.seed),
  specification: JSON.stringify(job.specification),
  versions: JSON.stringify(versions()),
});
