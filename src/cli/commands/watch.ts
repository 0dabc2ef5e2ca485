import logUpdate from 'log-update';
import { setTimeout as sleep } from 'node:timers/promises';
import { tableOf, type Table } from '../../report/table';
import { textOf } from '../../report/text';
import { duration, progressWords, timeLeftWords } from '../../run/progress/run-wording';
import { snapshotOf, type AtWork, type Snapshot } from '../../run/shared/snapshot';
import { FileStore } from '../../run/store/file-store';
import { exitCodes } from '../errors';
import type { Context } from '../io';
import { jsonOption } from '../options';
import { findResults } from '../results';
import type { CommandDefinition } from '../command';

interface WatchOptions {
  readonly once?: boolean;
  readonly json?: boolean;
}

/** Milliseconds between looks. */
const lookEvery = 2_000;

export const watch: CommandDefinition = {
  examples: ['zoo watch runs/quick', 'zoo watch runs/quick --once', 'zoo watch runs/quick --json'],
  define: (command, context) =>
    command
      .argument('<folder>', 'folder of results that somebody works on')
      .option('--once', 'look once; so it is where output is no terminal')
      .addOption(jsonOption())
      .action((name: string, options: WatchOptions) => watchFolder(name, options, context)),
};

async function watchFolder(name: string, { once, json }: WatchOptions, context: Context): Promise<void> {
  const store = new FileStore(findResults(name, context.io.workingFolder));
  const look = async () => snapshotOf(store, (await store.loadManifest())!);
  const { stdout } = context.io;
  if (json) return context.printJson(await look());
  if (once || !stdout.isTTY) return context.print(textFor(await look(), context));
  const leaving = new AbortController();
  const stopListening = context.io.onInterrupt(() => leaving.abort());
  const redraw = logUpdate.create(stdout, { showCursor: true });
  try {
    for (let snapshot = await look(); !leaving.signal.aborted; snapshot = await look()) {
      redraw(textFor(snapshot, context));
      if (isOver(snapshot)) return;
      await sleep(lookEvery, undefined, { signal: leaving.signal }).catch(() => {});
    }
    context.exitCode = exitCodes.interrupted;
  } finally {
    redraw.done();
    stopListening();
  }
}

const isOver = ({ cells, finished, failed }: Snapshot): boolean => finished + failed.length >= cells;

function textFor(snapshot: Snapshot, { io, terminal }: Context): string {
  const { experiment, cells, finished, failed, atWork, secondsLeft, measured } = snapshot;
  const counts = [`${finished} of ${cells} cells finished`];
  if (failed.length > 0) counts.push(`${failed.length} failed`);
  if (secondsLeft !== null) counts.push(`${atWork.length} at work`, timeLeftWords({ seconds: secondsLeft, measured }));
  else if (!isOver(snapshot)) counts.push('nobody at work: zoo work measures them');
  const notes = failed.map(({ cell, message }) => `${cell} failed: ${message}`);
  const sheet = {
    title: `${experiment}: ${counts.join(', ')}`,
    tables: atWork.length > 0 ? [tableFor(atWork)] : [],
    notes,
  };
  return textOf(sheet, { palette: terminal.palette, width: io.stdout.columns }).trimEnd();
}

const tableFor = (atWork: readonly AtWork[]): Table =>
  tableOf<AtWork>(
    'At work',
    [
      { title: 'cell', align: 'left', text: ({ cell }) => cell },
      {
        title: 'where',
        align: 'left',
        text: ({ phase, step = 0, steps = 0, loss }) => progressWords({ phase, step, steps, loss }),
      },
      {
        title: 'left',
        align: 'right',
        dispensable: 2,
        text: ({ secondsLeft }) => (secondsLeft === undefined ? '' : duration(secondsLeft)),
      },
      { title: 'worker', align: 'left', dispensable: 1, text: workerOf },
      {
        title: 'heard',
        align: 'right',
        dispensable: 3,
        text: ({ holds, silentSeconds }) => (holds ? `${Math.round(silentSeconds)} s ago` : 'lost'),
      },
    ],
    atWork,
  );

const workerOf = ({ host, processId }: AtWork): string => (host === null ? 'not named' : `${host} ${processId}`);
