import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { log } from '../../../registry/units';
import { columnOf, rowOf } from '../../core/cell';
import type { RunEvent } from '../../core/contracts/execution';
import type { Log, LoggedRun } from '../../core/contracts/log';
import type { CellRecord, CurvePoint, Job, RecordOf } from '../../core/contracts/record';
import { firstEvent, framed, scalarsEvent } from '../event-file';

/** A file of events for each job under `logs/tensorboard`, which `tensorboard --logdir` shows as a run of its own. */
@log({
  id: 'tensorboard',
  title: 'TensorBoard event files',
  summary: 'Loss, held-out accuracy and readings of probes by step, then accuracy by length: a run for each cell.',
})
export class TensorBoard implements Log {
  private folder = '';
  private stamp = '';
  private readonly files = new Map<string, string>();
  /** Jobs whose file could not be written; they are let be. */
  private readonly broken = new Set<string>();

  begin({ folder }: LoggedRun, at: number): string {
    this.folder = join(folder, 'logs', 'tensorboard');
    // The reader takes files of a folder in the order of their names: seconds first, as TensorFlow has it.
    this.stamp = `events.out.tfevents.${String(Math.floor(at / 1000)).padStart(10, '0')}.${hostname()}.${process.pid}`;
    return this.folder;
  }

  event(event: RunEvent, at: number): void {
    if (event.type === 'cell-progress') {
      const { phase, step, loss, look } = event.progress;
      if (look) this.write(event.cell, at, look.step, ofLook(look));
      else if (phase === 'training' && loss !== undefined) this.write(event.cell, at, step, { loss });
    }
    if (event.type === 'cell-finished')
      for (const { length, scalars } of byLength(event.record)) this.write(event.cell, at, length, scalars);
  }

  end(): void {}

  private write(job: Job, at: number, step: number, scalars: Scalars): void {
    if (this.broken.has(job.key)) return;
    try {
      appendFileSync(this.fileOf(job, at), framed(scalarsEvent({ seconds: at / 1000, step, scalars })));
    } catch {
      this.broken.add(job.key); // a full disk stops the run where it cannot save a record, not here
    }
  }

  private fileOf(job: Job, at: number): string {
    const known = this.files.get(job.key);
    if (known) return known;
    const seed = `seed-${job.specification.seed}-${job.key.slice(0, 8)}`;
    const names = [rowOf(job), columnOf(job), seed].filter(Boolean).map(fileName);
    const file = join(this.folder, ...names, this.stamp);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, framed(firstEvent(at / 1000)));
    this.files.set(job.key, file);
    return file;
  }
}

type Scalars = Readonly<Record<string, number>>;

function ofLook({ loss, heldOut, readings }: CurvePoint): Scalars {
  const probes = Object.entries(readings ?? {}).map(([name, value]) => [`probes/${name}`, value]);
  return {
    ...(Number.isFinite(loss) && { loss }),
    ...(heldOut && { 'held out/exact match': heldOut.exact, 'held out/token accuracy': heldOut.token }),
    ...(Object.fromEntries(probes) as Scalars),
  };
}

/** Where steps are lengths. */
function byLength(record: RecordOf): { readonly length: number; readonly scalars: Scalars }[] {
  const { lengths = [] } = record as Partial<Pick<CellRecord, 'lengths'>>;
  return lengths.flatMap(({ length, score }) =>
    score ? { length, scalars: { 'by length/exact match': score.exact, 'by length/token accuracy': score.token } } : [],
  );
}

/** A row or column as a name of a folder, in any file system: `regex:(ab)*` becomes `regex~(ab)~`. */
const fileName = (name: string): string => name.replace(/[^\p{L}\p{N}._()+=-]+/gu, '~').slice(0, 100);
