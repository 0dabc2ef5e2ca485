import { IsString } from 'class-validator';
import {
  type Alphabets,
  type Collection,
  DataFiles,
  parts,
  type Rng,
  type Task,
  type TaskMeta,
  zooError,
  family,
  task,
  type UnitClass,
} from '../registry';
import { Examples } from './parts/dataset/examples';
import { exampleWords } from './parts/dataset/example-words';
import { digestOf, filesOf } from './parts/dataset/files';
import { rowsOf } from './parts/dataset/rows';
import { butoi } from './parts/references';

export class DatasetHyperparameters {
  /** SHA-256 of the files, as `dataset:FILE` fills it in; empty: the example. */
  @IsString() digest = '';
  /** Name of the column of inputs; empty: one of the usual names. */
  @IsString() input = '';
  /** Name of the column of outputs; empty: one of the usual names. */
  @IsString() output = '';
}

const meta = {
  id: 'dataset',
  version: 1,
  title: 'Labelled strings',
  summary: "A string of a file; its label: whether a word begins and ends alike, or one's own data.",
  level: 'unknown',
  circuitClass: { name: 'unknown', reference: butoi },
  reference: butoi,
  answerLengthRule: 'that of the longest label of an input of this length',
  labels: { final: true, aligned: false },
} satisfies TaskMeta;

/** Look-up of labelled strings. Only lengths that the files have are trained on and tested. */
@task({ ...meta, hyperparameters: DatasetHyperparameters })
export class Dataset implements Task {
  readonly alphabets: Alphabets;
  readonly collection: Collection;
  private readonly examples: Examples;
  private readonly lengths: readonly number[];

  /** @throws unknown-data, data-changed, invalid-data */
  constructor(hyperparameters: DatasetHyperparameters = new DatasetHyperparameters(), files?: DataFiles) {
    this.examples = examplesOf(hyperparameters, files);
    this.collection = this.examples;
    this.alphabets = { input: this.examples.inputSymbols, output: this.examples.outputSymbols };
    this.lengths = [...new Set(parts.flatMap((part) => this.examples.lengths(part)))].sort((a, b) => a - b);
  }

  /** The nearest length below or at the one asked for that the files have; failing that, above it. */
  inputLength(length: number): number {
    return this.lengths.findLast((shorter) => shorter <= length) ?? this.lengths[0]!;
  }
  /** Of the training part, where it has the length. @throws no-inputs */
  sample(rng: Rng, length: number): number[] {
    const pools = parts.map((part) => this.collection.inputs(part, length));
    const pool = pools.find(({ length: size }) => size > 0);
    if (!pool) throw zooError('no-inputs', { task: meta.id, length, nearest: [this.inputLength(length)] });
    return [...rng.choice(pool)];
  }
  /** @throws malformed-input for what is not in the files */
  solve(input: readonly number[]): number[] {
    const answer = this.examples.answer(input);
    if (answer) return [...answer];
    const problem = 'it is not in the files, or they give it two answers';
    throw zooError('malformed-input', { task: meta.id, problem, form: 'a string of the files' });
  }
  answerLength(inputLength: number): number {
    return this.examples.answerLength(inputLength);
  }
  notes(): readonly string[] {
    return this.examples.notes;
  }
}

/** What was read, by its digest: a task is made several times in one command. */
const known = new Map<string, Examples>();

function examplesOf({ digest, ...columns }: DatasetHyperparameters, files: DataFiles | undefined): Examples {
  const key = JSON.stringify([digest, columns]);
  const examples =
    known.get(key) ?? (digest ? readExamples(digest, columns, files) : new Examples(exampleWords(), meta.id));
  known.set(key, examples);
  return examples;
}

function readExamples(
  digest: string,
  columns: Omit<DatasetHyperparameters, 'digest'>,
  files = new DataFiles(),
): Examples {
  const { path, name } = files.find(digest);
  if (digestOf(path, name) !== digest) throw zooError('data-changed', { file: name, digest });
  const source = filesOf(path, name).map((file) => ({ file, rows: rowsOf(file, columns) }));
  return new Examples(source, name);
}

/** A task of its own for the strings of a file or a folder, called `dataset:NAME`. */
export function createDatasetTask(name: string): UnitClass<'task'> {
  const id = `dataset:${name}`;
  @task({
    ...meta,
    hyperparameters: DatasetHyperparameters,
    id,
    title: id,
    summary: `A string of ${name}; its label.`,
    variantOf: 'dataset',
  })
  class NamedDataset extends Dataset {}
  return NamedDataset;
}

/** `dataset:FILE` is the name of such a task. */
family({ base: 'dataset', hyperparameter: 'digest', digestOf }, createDatasetTask);
