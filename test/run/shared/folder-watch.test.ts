import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunEvent } from '../../../src/core/contracts/execution';
import { Claims } from '../../../src/run/shared/claims';
import { followFolder } from '../../../src/run/shared/folder-watch';
import { FileStore } from '../../../src/run/store/file-store';
import { until } from '../../support/execution/counting';
import type { CellRecord } from '../../../src/core/contracts/record';
import { keyedRecord } from '../../support/stored-records';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-watch-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const cellOf = (seed: number) => jobOf(keyedRecord({ seed }));
const jobOf = ({ key, specification }: CellRecord) => ({ key, specification, plugins: [] });

it('tells what becomes of each job: begun, how far, lost, finished and failed', async () => {
  const store = new FileStore(folder);
  await store.prepare();
  const [a, b, c] = [cellOf(1), cellOf(2), cellOf(3)];
  await store.save(keyedRecord({ seed: 3 }));
  const events: RunEvent[] = [];
  const told = (type: RunEvent['type'], cell: { key: string }) =>
    events.some((event) => event.type === type && event.cell.key === cell.key);
  const following = followFolder([a, b, c], store, (event) => events.push(event), new AbortController().signal, {
    every: 20,
  });
  await until(() => told('cell-finished', c), 'what was there is told');
  const claims = new Claims(folder);
  const first = claims.take(a.key);
  first.report({ phase: 'training', step: 3, steps: 10 });
  await until(() => told('cell-progress', a), 'how far it is');
  first.release();
  await until(() => told('worker-lost', a), 'it was let go');
  const again = claims.take(a.key);
  await until(
    () => events.filter(({ type, cell }) => type === 'cell-started' && cell === a).length === 2,
    'begun again',
  );
  await store.save(keyedRecord({ seed: 1 }));
  again.release();
  store.noteFailure(b, { code: 'unexpected', message: 'it is broken' });
  await following;
  expect(told('cell-finished', a)).toBe(true);
  expect(events.find((event) => event.type === 'cell-failed')).toMatchObject({
    cell: { key: b.key },
    error: { message: 'it is broken' },
  });
});

it('ends at the signal', async () => {
  const store = new FileStore(folder);
  const stopping = new AbortController();
  const following = followFolder([cellOf(1)], store, () => {}, stopping.signal);
  stopping.abort();
  await following;
});
