import type { Reporter } from '../../registry/contracts';
import type { Io } from './io';
export function createReporter(o: { stream: Io['stderr'] } & Record<string, unknown>): Reporter {
  return { begin: (c, n) => void o.stream.write(`${c.length} to run, ${n} finished\n`), event: (e) => void (e.type !== 'cell-progress' && o.stream.write(`${e.type} ${e.cell.specification.architecture.id} ${e.cell.specification.task.id} ${e.type === 'cell-failed' ? JSON.stringify(e.error) : ''}\n`)), end: () => {} };
}
