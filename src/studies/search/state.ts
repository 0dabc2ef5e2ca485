import type { RungScore, SearchTrial } from '../../core/contracts/search';

/** A trial in progress. */
export interface TrialState extends SearchTrial {
  /** Place in the specification. */
  readonly place: number;
  /** A score for each rung that it came to. */
  readonly reached: readonly RungScore[];
  readonly steps: number;
  /** Spent on it so far. */
  readonly seconds: number;
  /** How its training ended; absent while it only pauses. */
  readonly outcome?: string;
  /** Of its training; null where none is needed any longer, or yet. */
  readonly checkpoint: Uint8Array | null;
}

/** Raised when what is written changes. */
const format = 1;

interface Header {
  readonly format: number;
  readonly trials: readonly (Omit<TrialState, 'checkpoint'> & { readonly bytes: number | null })[];
}

/** A search before its first step. */
export const initialTrials = (trials: readonly SearchTrial[]): TrialState[] =>
  trials.map((trial, place) => ({ ...trial, place, reached: [], steps: 0, seconds: 0, checkpoint: null }));

/** length of the header (uint32), header (JSON), then the checkpoints of the trials that have one */
export function encodeSearch(trials: readonly TrialState[]): Uint8Array {
  const written = trials.map(({ checkpoint, ...trial }) => ({ ...trial, bytes: checkpoint && checkpoint.length }));
  const header = Buffer.from(JSON.stringify({ format, trials: written } satisfies Header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([length, header, ...trials.flatMap(({ checkpoint }) => checkpoint ?? [])]);
}

/** Null where the content is no checkpoint of a search of these trials. */
export function decodeSearch(content: Uint8Array, asked: readonly SearchTrial[]): TrialState[] | null {
  try {
    const buffer = Buffer.from(content);
    const end = 4 + buffer.readUInt32LE(0);
    const { format: found, trials } = JSON.parse(buffer.toString('utf8', 4, end)) as Header;
    const all = trials.reduce((sum, { bytes }) => sum + (bytes ?? 0), end);
    if (found !== format || trials.length !== asked.length || all !== buffer.length) return null;
    let at = end;
    return trials.map(({ bytes, ...trial }) => {
      const checkpoint = bytes === null ? null : new Uint8Array(buffer.subarray(at, (at += bytes)));
      return { ...trial, checkpoint };
    });
  } catch {
    return null;
  }
}
