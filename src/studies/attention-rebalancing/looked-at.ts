import type { Registry } from '../../../registry/registry';
import type { SequenceModel } from '../../core/contracts/architecture';
import type { Handle } from '../../core/contracts/engine';
import type { Probe, ProbedSequence } from '../../core/contracts/probe';
import type { CellSpecification } from '../../core/contracts/record';
import { trainedLengths } from '../../data/lengths';
import { ProbedModel } from '../../evaluation/probed-model';
import { sequencesToProbe } from '../../evaluation/probing';
import type { LayerMass } from './body';
import type { TrainedCell } from './parts';

/** What is seen of a model beside its answers. */
export interface Looks {
  readonly masses: readonly LayerMass[];
  readonly uniform: number;
  readonly largestLogitChange: number;
}

/** The trained model that is looked at, as it is and changed, on sequences that it was not trained on. */
export class LookedAt {
  /** Logits of the unmodified model, which is looked at first. */
  private first?: Float32Array;

  private constructor(
    private readonly cell: TrainedCell,
    private readonly probe: Probe,
    private readonly sequences: readonly ProbedSequence[],
    private readonly parameters: Handle,
  ) {}

  static open(registry: Registry, { protocol, task }: CellSpecification, cell: TrainedCell): LookedAt {
    const { engine, format, split, trained } = cell;
    const { lengths } = trainedLengths(format, protocol, 'validation');
    const sequences = sequencesToProbe(format, split, lengths, task.id);
    const probe = registry.create(registry.resolve('probe', 'attention-mass'));
    const parameters = engine.upload(trained.parameters, { shape: [trained.layout.count], dtype: 'float32' });
    return new LookedAt(cell, probe, sequences, parameters);
  }

  async look(model: SequenceModel): Promise<Looks> {
    const { engine, trained, task, format, label } = this.cell;
    const { specialTokens } = format.vocabulary;
    const { sequences, probe } = this;
    const probed = new ProbedModel({ engine, model, layout: trained.layout, task, specialTokens, sequences, label });
    try {
      const readings = probe.refuses?.(model)
        ? {}
        : await probed.look(this.parameters, (subject) => probe.look(subject, { rows: 'scored' }));
      let logits = new Float32Array();
      await probed.look(this.parameters, async (subject) => {
        const [found] = await subject.compute('logits', (parameters, tokens) => [model.forward(parameters, tokens)]);
        logits = Float32Array.from(found!);
        return {};
      });
      this.first ??= logits;
      const { uniform = 0, ...masses } = readings;
      return {
        masses: Object.values(masses).map((mass, at) => ({ layer: at + 1, mass })),
        uniform,
        largestLogitChange: largestDifference(logits, this.first),
      };
    } finally {
      await probed.dispose();
    }
  }

  close(): void {
    this.cell.engine.release([this.parameters]);
  }
}

const largestDifference = (a: Float32Array, b: Float32Array): number =>
  a.reduce((largest, each, at) => Math.max(largest, Math.abs(each - b[at]!)), 0);
