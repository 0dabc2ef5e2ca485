import { list, type Message } from './message';

const short = (digest: string): string => digest.slice(0, 12);
/** A plugin as a submission names it. */
export interface Code {
  readonly name: string;
  readonly version: string;
  readonly digest: string;
}

/** Errors of submissions: records that somebody packs for others, and those of others that are read here. */
export const submissionErrors = {
  'not-a-submission': (d: { file: string; reason: string }): Message => ({
    what: `${d.file} is no submission: ${d.reason}.`,
    remedy: 'zoo submit writes one; docs/submissions.md says what is in it.',
  }),
  'submission-version': (d: { file: string; version: string; known: number }): Message => ({
    what: `${d.file} is a submission of form ${d.version}, and this zoo reads form ${d.known}.`,
    remedy: 'Read it with a newer zoo, or ask whoever made it to pack it again.',
  }),
  'submission-damaged': (d: { file: string; reason: string }): Message => ({
    what: `${d.file} is not as it was written: ${d.reason}. Nothing of it was read.`,
    remedy: 'Ask for the file again; what was changed cannot be told from what was measured.',
  }),
  'submission-too-large': (d: { file: string; what: string; found: string; most: string }): Message => ({
    what: `${d.file} has ${d.what} of ${d.found}, and at most ${d.most} are read. Nothing was unpacked.`,
    remedy: 'Pack fewer cells in each file (--rows, --columns, --only); several files are shown together.',
  }),
  'nothing-to-submit': (d: { results: string; leftOut: readonly string[] }): Message => ({
    what: `Nothing of ${d.results} can be submitted:${d.leftOut.map((line) => `\n  - ${line}`).join('') || ' it has no cell'}`,
    remedy: 'Run what is missing (zoo run), with the code that is here; only finished cells can be checked by others.',
  }),
  'other-protocol': (d: {
    experiment: string;
    differences: readonly { readonly cells: number; readonly first: string; readonly what: string }[];
  }): Message => ({
    what: `These cells were not measured as the experiment ${d.experiment} asks for; nothing was written:${d.differences
      .map(({ cells, first, what }) => `\n  - ${first}${cells > 1 ? ` and ${cells - 1} more` : ''}: ${what}`)
      .join('')}`,
    remedy: `Measure them with its protocol (zoo run ${d.experiment} --rows ... --columns ...), choose others with --only, or claim no experiment (--no-experiment): they are then shown with what differs.`,
  }),
  'plugin-needed': (d: { file: string; plugins: readonly Code[] }): Message => ({
    what: `${d.file} was measured with plugins that are not named here: ${list(
      d.plugins.map(({ name, version, digest }) => `${name} ${version} (digest ${short(digest)})`),
    )}.`,
    remedy:
      'Get the plugin from whoever made it, look at it, and name it with --plugin: a submission never runs code by itself.',
  }),
  'other-plugin': (d: { file: string; plugin: Code; here: Omit<Code, 'name'> }): Message => ({
    what: `${d.file} was measured with ${d.plugin.name} ${d.plugin.version} of digest ${short(d.plugin.digest)}; the one named here is ${d.here.version} of digest ${short(d.here.digest)}.`,
    remedy: 'Name the plugin as it was, file by file: what other code measures says nothing about these records.',
  }),
};
