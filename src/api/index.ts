/**
 * The zoo as a library: run experiments, read folders of results, summarise and draw them from a program; imported as
 * `chomsky-zoo/api`.
 *
 * ```ts
 * import { readResults, render, runExperiment, summarise } from 'chomsky-zoo/api';
 *
 * const results = await runExperiment('quick', { rows: ['lstm', 'transformer'], columns: ['level:regular'] });
 * const svg = await render(summarise(results), { of: 'matrix', format: 'svg' });
 * ```
 */
import type { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import type { Reporter, RunEvent, SerialisedError } from '../core/contracts/execution';
import type { Manifest } from '../core/contracts/manifest';
import type { Job, RecordOf } from '../core/contracts/record';
import type { Stored } from '../core/contracts/store';
import type { TheoryFilter } from '../core/contracts/theory';
import type { Drawn, ViewOptions } from '../core/contracts/view';
import { zooError } from '../core/errors';
import { draw, formatOf, viewsOf } from '../report/views';
import { openExperiment } from '../cli/experiment';
import type { Surroundings } from '../cli/io';
import { measureExperiment } from '../cli/measuring';
import { partOf } from '../cli/part-of-results';
import { openResults } from '../cli/results';
import { openRegistry } from '../cli/units';
import type { Shard } from '../run/shard';
import type { Budget } from '../studies/match';

export type { Drawn, RecordOf, RunEvent, SerialisedError, TheoryFilter, ViewOptions };
export type { Job, Manifest };
export type { Matrix, MatrixCell } from '../studies/capability/summarise/matrix';
export type { CellSummary } from '../studies/capability/summarise/cell-summary';
export type { Findings } from '../studies/findings/findings';
export { ZooError } from '../core/errors';

/** What every function here may be told of its surroundings. */
export interface Where {
  /** Folder that relative paths begin at. Default: that of the process. */
  readonly workingFolder?: string;
  /** Files or packages of plugins whose units are used besides. */
  readonly plugins?: readonly string[];
}

/** Part of a grid, in the words of `--rows`, `--columns` and `--only`. */
export interface Part {
  /** Names, patterns (`*lstm`) or `family:deltanet`. */
  readonly rows?: readonly string[];
  /** Names, patterns or `level:counter`. */
  readonly columns?: readonly string[];
  /** "lstm x parity, x reversal" */
  readonly only?: string;
}

/** How an experiment is run; what is absent is as `zoo run` has it. */
export interface RunSettings extends Where, Part {
  /** Folder of results. Default: `runs/<name of the experiment>`. */
  readonly out?: string;
  readonly seeds?: readonly number[];
  /** Values by path: `{ 'protocol.steps': 500, 'lstm.hiddenSize': 64 }`. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Every row as large as this. */
  readonly match?: Budget;
  /** A size of the experiment, where it has several. */
  readonly size?: 'quick' | 'full';
  /** Jobs at a time, each in a process of its own; 0 runs them in this process. Default: 0. */
  readonly workers?: number;
  readonly engine?: string;
  readonly executor?: string;
  /** What is set of the executor: `{ partition: 'cpu', time: '2h' }`. */
  readonly setExecutor?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** Ids of logs: `jsonl`, `tensorboard`. */
  readonly logs?: readonly string[];
  /** Only one part of the jobs, the first being 1: `{ index: 3, of: 16 }`. */
  readonly shard?: Shard;
  /** Stops the run; what is finished stays, and the same call goes on from there. */
  readonly signal?: AbortSignal;
  /** What happens to jobs. */
  onEvent?(event: RunEvent): void;
  /** What should be known of the run, a line at a time. */
  onNote?(text: string): void;
}

/** Records of a folder beside what was asked for. */
export interface Results {
  readonly manifest: Manifest<Job>;
  /** Finished records of the jobs of the manifest, in its order. */
  readonly records: readonly RecordOf[];
  /** Jobs without a finished record, and why: never run, damaged, of other code, failed. */
  readonly missing: readonly { readonly job: Job; readonly reason: string }[];
  /** Jobs that failed in the run that made these results, by key. */
  readonly failures: ReadonlyMap<string, SerialisedError>;
}

/** What results and summaries come from; their own business. */
interface Source {
  readonly registry: Registry;
  readonly study: RegisteredUnit<'study'>;
}
interface SourceOfResults extends Source {
  readonly stored: ReadonlyMap<string, Stored>;
  readonly scanned: readonly Stored[];
}
const sources = new WeakMap<Results, SourceOfResults>();
const drawings = new WeakMap<object, Source>();

/**
 * Trains the jobs of an experiment that are not there yet, and reads them all.
 * @param experiment a file, or the name of one that comes with the package
 * @throws ZooError, among them `stopped` where `signal` was aborted. Jobs that fail are told in `failures`.
 */
export async function runExperiment(experiment: string, settings: RunSettings = {}): Promise<Results> {
  const { rows = [], columns = [], only = '', workers = 0, engine = 'auto', set = {}, size } = settings;
  const stopping = new AbortController();
  const stop = () => stopping.abort('Stopping: saving what is running.');
  settings.signal?.addEventListener('abort', stop);
  if (settings.signal?.aborted) stop();
  try {
    const surroundings = surroundingsOf(settings);
    const options = {
      ...{ rows, columns, only, workers, engine },
      out: settings.out,
      seeds: settings.seeds,
      match: settings.match,
      shard: settings.shard,
      quick: size === 'quick',
      full: size === 'full',
      plugin: settings.plugins ?? [],
      set: Object.entries(set).map(([path, value]) => `${path}=${JSON.stringify(value)}`),
    };
    const opened = await openExperiment(experiment, options, surroundings);
    const { executor, logs: log = [] } = settings;
    const setExecutor = Object.entries(settings.setExecutor ?? {}).flatMap(([key, value]) =>
      [value].flat().map((each) => `${key}=${String(each)}`),
    );
    const reporter = () => listener(settings);
    const measured = await measureExperiment(
      opened,
      { workers, executor, setExecutor, log, stopping, reporter },
      surroundings,
    );
    if (!measured) throw zooError('stopped', { cell: experiment, folder: opened.store.location });
    return resultsOf({ ...measured, manifest: measured.shown });
  } finally {
    settings.signal?.removeEventListener('abort', stop);
  }
}

/**
 * Records of a folder; nothing is trained.
 * @param folder its path, or the name of an experiment that was run; several are read as if they were merged
 * @throws ZooError: `no-results`; `corrupt-manifest`; `unknown-unit` where a part is named that is not there
 */
export async function readResults(folder: string | readonly string[], settings: ReadSettings = {}): Promise<Results> {
  const { rows = [], columns = [], level = [], only = '', plugins = [] } = settings;
  const {
    io: { workingFolder },
    note,
  } = surroundingsOf(settings);
  const opened = await openResults(folder, { plugins, workingFolder, note });
  const isPart = rows.length + columns.length + level.length > 0 || only !== '';
  const part = { rows, columns, level, only };
  const manifest = isPart ? await partOf(opened.manifest, part, plugins, workingFolder) : opened.manifest;
  return resultsOf({ ...opened, manifest });
}
/** Which records, from where. */
export interface ReadSettings extends Where, Part {
  /** Only columns of these levels: `regular`, `counter`. */
  readonly level?: readonly string[];
  /** What should be known of several folders that are read as one, a line at a time. */
  onNote?(text: string): void;
}

/**
 * What the study of the results says of them: a `Matrix` for the capability matrix, `Findings` for studies of one
 * question.
 */
export function summarise<Summary = unknown>(
  results: Results,
  options: { readonly theory?: TheoryFilter } = {},
): Summary {
  const source = sources.get(results);
  if (!source) throw new TypeError('These results were not made by runExperiment or readResults');
  const { registry, study, stored, scanned } = source;
  const { manifest, failures } = results;
  const summary: unknown = registry.create(study).summarise({ manifest, stored, scanned, failures, ...options });
  drawings.set(summary as object, { registry, study });
  return summary as Summary;
}

/** What is drawn and how: see `zoo list views`. */
export interface RenderOptions extends Partial<ViewOptions> {
  /** A name that the study presents: `matrix`, `leaderboard`, `findings`. Default: its first. */
  readonly of?: string;
  /** `text`, `markdown`, `svg`, ... Default: text. */
  readonly format?: string;
}

/** Draws what `summarise` returned: a text, or the bytes of a file. @throws ZooError: `unknown-format` */
export function render(summary: unknown, { of, format = 'text', ...options }: RenderOptions = {}): Promise<Drawn> {
  const source = drawings.get(summary as object);
  if (!source) throw new TypeError('This summary was not made by summarise');
  const { registry, study } = source;
  const drawn = { of: of ?? study.meta.presents[0], format };
  return draw(registry, drawn, summary, { score: 'exact', palette: 'none', ...options });
}

/** Formats that something can be drawn in, by what is drawn. */
export async function formats({ plugins = [], ...where }: Where = {}): Promise<Record<string, string[]>> {
  const { registry } = await openRegistry(['studies', 'views'], plugins, surroundingsOf(where).io.workingFolder);
  const drawn = [...new Set(registry.all('view').map(({ meta }) => meta.of))];
  return Object.fromEntries(drawn.map((of) => [of, viewsOf(registry, of).map(formatOf)]));
}

function resultsOf(
  source: SourceOfResults & { readonly manifest: Manifest<Job>; readonly failures?: Results['failures'] },
): Results {
  const { manifest, stored, scanned, failures = new Map<string, SerialisedError>() } = source;
  const outdated = new Map(scanned.flatMap((each) => (each.status === 'stale' ? [[each.cell, each.reason]] : [])));
  const jobs = manifest.cells.map((job) => ({ job, found: stored.get(job.key) ?? ({ status: 'missing' } as const) }));
  const results: Results = {
    manifest,
    records: jobs.flatMap(({ found }) => (found.status === 'finished' ? found.record : [])),
    missing: jobs.flatMap(({ job, found }) => {
      if (found.status === 'finished') return [];
      const reason = found.status === 'missing' ? failures.get(job.key)?.message : found.reason;
      const before = outdated.get(job.key);
      return { job, reason: reason ?? (before ? `there is a record of it: ${before}` : 'not run yet') };
    }),
    failures,
  };
  sources.set(results, source);
  return results;
}

const surroundingsOf = ({
  workingFolder = process.cwd(),
  onNote,
}: Where & Pick<RunSettings, 'onNote'>): Surroundings => ({
  io: { workingFolder },
  note: (line) => onNote?.(line),
});

const listener = ({ onEvent, onNote }: RunSettings): Reporter => ({
  begin: () => {},
  event: (event) => onEvent?.(event),
  note: (text) => onNote?.(text),
  end: () => {},
});
