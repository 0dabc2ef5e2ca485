import type { Registry } from '../../registry/registry';
import { systemClock } from '../core/clock';
import type { RunEvent } from '../core/contracts/execution';
import type { Log, LoggedRun } from '../core/contracts/log';

/** The logs that a run is asked to keep. */
export class RunLogs {
  private constructor(private readonly logs: readonly Log[]) {}

  /** @throws unknown-unit */
  static open(registry: Registry, names: readonly string[]): RunLogs {
    const units = [...new Set(names)].map((name) => registry.resolve('log', name, '--log'));
    return new RunLogs(units.map((unit) => registry.create(unit)));
  }

  /** Files and folders that are written. */
  begin(run: LoggedRun): string[] {
    return this.logs.map((log) => log.begin(run, now()));
  }
  event(event: RunEvent): void {
    for (const log of this.logs) log.event(event, now());
  }
  end(): void {
    for (const log of this.logs) log.end(now());
  }
}

const now = (): number => Date.parse(systemClock.timestamp());
