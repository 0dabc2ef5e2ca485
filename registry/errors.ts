/**
 * Every text of every error, in one place. An entry says what happened with the offending value and its place,
 * and what to try. Codes are stable; each is explained in docs/errors.md.
 */
interface Message {
  /** What happened, with the value and the place. */
  readonly what: string;
  /** Nearest valid names, best first. */
  readonly nearest?: readonly string[];
  /** What to try: a command, a key, a place to look. */
  readonly remedy: string;
}

const list = (names: readonly string[]) => names.join(', ');

export const messages = {
  // units
  'unknown-unit': (d: { kind: string; id: string; nearest: readonly string[]; place?: string }): Message => ({
    what: `There is no ${d.kind} called "${d.id}"${d.place ? ` (${d.place})` : ''}.`,
    nearest: d.nearest,
    remedy: 'zoo list shows every name.',
  }),
  'duplicate-unit': (d: { kind: string; id: string; first: string; second: string }): Message => ({
    what: `Two ${d.kind}s are called "${d.id}": one from ${d.first}, one from ${d.second}.`,
    remedy: `Rename one of them, or give the plugin's a namespace: "my-plugin/${d.id}".`,
  }),
  // values
  'invalid-value': (d: { place: string; problems: readonly string[]; nearest?: readonly string[] }): Message => ({
    what: d.problems.length === 1 ? `${d.place}: ${d.problems[0]}` : `${d.place}:\n  - ${d.problems.join('\n  - ')}`,
    nearest: d.nearest,
    remedy: 'Correct the value; zoo show <name> lists hyperparameters with their ranges and defaults.',
  }),
  // engine
  'missing-lowering': (d: { kernel: string; label: string; known: readonly string[] }): Message => ({
    what: `The onnx engine has no lowering for the operation "${d.kernel}", used by ${d.label}.`,
    remedy: `Run it with --engine tensorflow (or cpu), or add "${d.kernel}" to src/engine/onnx/lowerings (${d.known.length} kernels are there).`,
  }),
  'no-engine': (d: { asked: string; reasons: readonly string[] }): Message => ({
    what: `The engine "${d.asked}" cannot be used here: ${list(d.reasons)}.`,
    remedy: 'zoo doctor says what is available and why.',
  }),
} satisfies Record<string, (details: never) => Message>;

export type ErrorCode = keyof typeof messages;
type Details<C extends ErrorCode> = Parameters<(typeof messages)[C]>[0];

/** An error a person can act on. `message` holds the full text without the code. */
export class ZooError extends Error {
  readonly nearest: readonly string[];
  readonly remedy: string;

  constructor(readonly code: ErrorCode, readonly what: string, nearest: readonly string[], remedy: string) {
    super([what, nearest.length ? `Did you mean ${list(nearest)}?` : '', remedy].filter(Boolean).join('\n'));
    this.name = 'ZooError';
    this.nearest = nearest;
    this.remedy = remedy;
  }
}

/** The error of this code: `throw zooError('unknown-unit', {...})`. */
export function zooError<C extends ErrorCode>(code: C, details: Details<C>): ZooError {
  const { what, nearest, remedy } = (messages[code] as (d: Details<C>) => Message)(details);
  return new ZooError(code, what, nearest ?? [], remedy);
}
