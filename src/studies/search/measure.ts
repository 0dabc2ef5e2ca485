import type { Registry } from '../../../registry/registry';
import type { Engine } from '../../core/contracts/engine';
import type { Cell, Score } from '../../core/contracts/record';
import type { RungScore, SearchBody, SearchRule, SearchTrial } from '../../core/contracts/search';
import type { Measured, MeasureContext } from '../../core/contracts/study';
import { cellLabel } from '../../core/cell';
import { withSettings } from '../../core/search';
import { buckets, trainedLengths } from '../../data/lengths';
import { decodeCheckpoint } from '../../train/checkpoint';
import { HeldOutLoss } from '../../train/held-out-loss';
import { Interrupted, validationStream } from '../../train/train';
import { openCell, trainCell } from '../capability/train-cell';
import { compareStandings, hasStopped, mostStepsOf, rungsOf, type Standing } from './halving';
import { KeptPrograms } from './kept-programs';
import { decodeSearch, encodeSearch, initialTrials, type TrialState } from './state';

/** What a search job says of itself. */
export const askedOf = ({ specification }: Cell): { readonly rule: SearchRule; readonly trials: SearchTrial[] } =>
  specification.study!.hyperparameters as { rule: SearchRule; trials: SearchTrial[] };

/** Begins the streams of random numbers of a trial. No seed of a report is such a text, and so no stream of one is the same. */
export const streamOfTrial = (searchSeed: number, trialSeed: number): string => `search ${searchSeed} ${trialSeed}`;

/** Tries the settings of a search and says which were best. */
export const measureSearch = (registry: Registry, job: Cell, context: MeasureContext): Promise<Measured<SearchBody>> =>
  new Search(registry, job, context).run();

/**
 * Trains trials rung by rung. Each has one schedule of all its steps and pauses at a rung as it would where it is interrupted, so
 * that what it has reached there is what the whole training would have reached. All that is known is in the checkpoint of the
 * job: a search that was killed goes on where it was.
 */
class Search {
  private readonly rungs;
  private readonly asked;
  private trials: TrialState[];
  private resumed = 0;
  /** By what the model is made of. */
  private readonly losses = new Map<string, HeldOutLoss>();
  private programs?: KeptPrograms;

  constructor(
    private readonly registry: Registry,
    private readonly job: Cell,
    private readonly context: MeasureContext,
  ) {
    this.asked = askedOf(job);
    this.trials = initialTrials(this.asked.trials);
    this.rungs = rungsOf(this.asked.rule, this.asked.trials.length, job.specification.protocol);
  }

  async run(): Promise<Measured<SearchBody>> {
    const saved = await this.context.loadCheckpoint();
    const known = saved && decodeSearch(saved, this.asked.trials);
    if (known) [this.trials, this.resumed] = [known, 1];
    try {
      const chosen = await this.choose();
      const trials = this.trials.map(({ settings, seed, reached, steps, outcome = 'paused' }) => ({
        ...{ settings, seed, reached, steps, ended: outcome },
      }));
      const body = { rungs: this.rungs.map(({ step }) => step), trials, chosen, steps: this.total('steps') };
      const provenance = { trainingSeconds: this.total('seconds'), evaluationSeconds: 0, resumed: this.resumed };
      return { body, provenance };
    } finally {
      for (const loss of this.losses.values()) await loss.dispose();
      await this.programs?.dispose();
    }
  }

  /** Place of the best trial. */
  private async choose(): Promise<number> {
    let left = this.trials.map(({ place }) => place);
    for (const [at, { step }] of this.rungs.entries()) {
      for (const place of left)
        if (this.trials[place]!.reached.length <= at) await this.trainTo(place, this.untilOf(left, at, step));
      const ranked = [...left].sort(
        (a, b) => compareStandings(standingAt(at, this.trials[a]!), standingAt(at, this.trials[b]!)) || a - b,
      );
      if (hasStopped(standingAt(at, this.trials[ranked[0]!]!))) return ranked[0]!;
      left = ranked.slice(0, this.rungs[at + 1]?.trials ?? 1).sort((a, b) => a - b);
      this.trials = this.trials.map((trial) => (left.includes(trial.place) ? trial : { ...trial, checkpoint: null }));
    }
    return left[0]!;
  }

  /** Where trials are halved nobody goes further than what has already stopped: it could not become better than that. */
  private untilOf(left: readonly number[], at: number, step: number): number {
    if (this.rungs.length === 1 && this.asked.rule === 'all') return step;
    const there = left.map((place) => this.trials[place]!).filter(({ reached }) => reached.length > at);
    return Math.min(
      step,
      ...there.map((trial) => standingAt(at, trial)).flatMap((each) => (hasStopped(each) ? each.reached.step : [])),
    );
  }

  private async trainTo(place: number, until: number): Promise<void> {
    const { settings, seed } = this.trials[place]!;
    const specification = withSettings(this.job.specification, settings);
    const cell: Cell = { ...this.job, specification };
    const opened = openCell(this.registry, specification);
    const { layout } = opened;
    const stateNow = () => {
      const { checkpoint } = this.trials[place]!;
      return checkpoint && decodeCheckpoint(checkpoint, layout.count);
    };
    const before = stateNow();
    const ended =
      before && before.step >= until
        ? undefined
        : await this.train(place, cell, streamOfTrial(this.job.specification.seed, seed), until);
    if (ended?.outcome === 'diverged') {
      const reached = scoreOf(ended.steps, ended.heldOut, null);
      return this.change(place, { ...ended, reached, checkpoint: null });
    }
    const state = stateNow()!;
    const loss = await (await this.lossOf(cell, opened)).of(state.weights.parameters);
    const reached = scoreOf(state.step, state.curve.at(-1)?.heldOut ?? null, loss);
    await this.change(place, { steps: state.step, seconds: state.seconds, reached, outcome: ended?.outcome });
  }

  /** Undefined where it only pauses. */
  private async train(place: number, cell: Cell, stream: string, until: number) {
    const pause = new AbortController();
    const done = this.total('steps') - this.trials[place]!.steps;
    const steps = mostStepsOf(this.rungs);
    const { signal, onProgress } = this.context;
    try {
      const { trained } = await trainCell(
        this.registry,
        cell,
        {
          ...this.context,
          engine: async () => (this.programs ??= new KeptPrograms(await this.context.engine())).for(cell.specification),
          keepWeights: undefined,
          loadCheckpoint: async () => this.trials[place]!.checkpoint,
          saveCheckpoint: (checkpoint) => this.change(place, { checkpoint }),
          onProgress: ({ step, look, loss }) => {
            onProgress({ phase: 'searching', step: done + step, steps, loss });
            if (look && look.step >= until) pause.abort();
          },
          signal: AbortSignal.any([signal, pause.signal]),
        },
        { seed: stream },
      );
      const { outcome, steps: taken, heldOut } = trained.result;
      return { outcome, steps: taken, heldOut, seconds: trained.seconds };
    } catch (error) {
      if (error instanceof Interrupted && !signal.aborted) return undefined;
      throw error;
    }
  }

  /** Keeps what is new of a trial, also on disk. */
  private async change(
    place: number,
    { reached, ...changes }: Partial<Omit<TrialState, 'reached'>> & { readonly reached?: RungScore },
  ): Promise<void> {
    this.trials = this.trials.map((trial) =>
      trial.place === place
        ? { ...trial, ...changes, reached: [...trial.reached, ...(reached ? [reached] : [])] }
        : trial,
    );
    await this.context.saveCheckpoint(encodeSearch(this.trials));
  }

  private async lossOf(cell: Cell, opened: ReturnType<typeof openCell>): Promise<HeldOutLoss> {
    const { architecture, protocol, task } = cell.specification;
    const name = JSON.stringify([architecture.hyperparameters, protocol.computationSteps]);
    const known = this.losses.get(name);
    if (known) return known;
    const { lengths } = trainedLengths(opened.format, protocol, 'validation');
    const engine: Engine = await this.context.engine();
    const made = await HeldOutLoss.create({
      ...opened,
      engine,
      buckets: buckets(opened.format, lengths),
      count: protocol.heldOut.sequences,
      rng: validationStream(task.id),
      label: cellLabel(cell),
    });
    this.losses.set(name, made);
    return made;
  }

  private total = (of: 'steps' | 'seconds'): number => this.trials.reduce((sum, trial) => sum + trial[of], 0);
}

/** A search that goes on looks at rungs again that trials have left behind: what ended later had not ended there. */
function standingAt(at: number, { reached, steps, outcome }: TrialState): Standing {
  const score = reached[at]!;
  return { reached: score, outcome: score.step === steps ? outcome : undefined };
}

const scoreOf = (step: number, heldOut: Score | null, loss: number | null): RungScore => ({
  step,
  exact: heldOut?.exact ?? 0,
  token: heldOut?.token ?? 0,
  loss: loss !== null && Number.isFinite(loss) ? loss : null,
});
