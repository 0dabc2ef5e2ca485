import type { Message } from './message';

/** Kinds that `zoo list` tells of only where they are named. */
const listed: Readonly<Record<string, string>> = {
  engine: ' engines',
  executor: ' executors',
  study: ' studies',
  view: ' views',
};

/** Errors of units and plugins. */
export const unitErrors = {
  // units
  'unknown-unit': (d: {
    kind: string;
    id: string;
    nearest: readonly string[];
    place?: string;
    /** What is called so elsewhere. */
    known?: { readonly here: string; readonly source: string; readonly differs?: string };
  }): Message => ({
    what:
      `There is no ${d.kind} called "${d.id}"${d.place ? ` (${d.place})` : ''}.` +
      (d.known
        ? ` What ${d.known.source} calls that is ${d.known.here} here${d.known.differs ? `; ${d.known.differs}` : ''}.`
        : ''),
    nearest: d.nearest,
    remedy: `zoo list${listed[d.kind] ?? ''} shows every name.`,
  }),
  'duplicate-unit': (d: { kind: string; id: string; first: string; second: string }): Message => ({
    what: `Two ${d.kind}s are called "${d.id}": one from ${d.first}, one from ${d.second}.`,
    remedy: `Rename one of them, or give the plugin's a namespace: "my-plugin/${d.id}".`,
  }),
  'invalid-unit': (d: {
    kind: string;
    id: string;
    file: string;
    problems: readonly string[];
    nearest: readonly string[];
  }): Message => ({
    what: `The ${d.kind} "${d.id}" (${d.file}) says something wrong of itself:\n  - ${d.problems.join('\n  - ')}`,
    nearest: d.nearest,
    remedy: `Correct what its decorator @${d.kind}({...}) is given; docs/plugins.md explains each kind.`,
  }),
  'unit-dependency': (d: { kind: string; id: string; className: string; reason: string }): Message => ({
    what: `The ${d.kind} "${d.id}" cannot be made: ${d.className} asks for something that the container does not have. ${d.reason}`,
    remedy:
      'Decorate the class of the dependency with @injectable() of tsyringe, or register it; docs/plugins.md shows how.',
  }),
  // plugins
  'plugin-not-found': (d: { plugin: string; folder: string; place?: string }): Message => ({
    what: `There is no plugin "${d.plugin}" (looked for from ${d.folder}${d.place ? `, named by ${d.place}` : ''}).`,
    remedy: 'Give a path that starts with ./ or /, or install the package beside the experiment file.',
  }),
  'plugin-broken': (d: { plugin: string; reason: string }): Message => ({
    what: `The plugin "${d.plugin}" cannot be loaded: ${d.reason}`,
    remedy: 'Correct the plugin; --debug shows where it fails. examples/plugin-gru is one that works.',
  }),
  'plugin-invalid': (d: { plugin: string; problem: string }): Message => ({
    what: `The plugin "${d.plugin}" does not keep to the contract: ${d.problem}`,
    remedy:
      'Its default export is {name, version, zoo} and lists of units such as architectures; docs/plugins.md explains each.',
  }),
  'plugin-version': (d: { plugin: string; range: string; version: string }): Message => ({
    what: `The plugin "${d.plugin}" supports zoo versions ${d.range}; this is ${d.version}.`,
    remedy: 'Install a version of the plugin made for this zoo, or widen the range in its "zoo" field.',
  }),
  // architectures
  'not-causal': (d: { wrapper: string; base: string }): Message => ({
    what: `"${d.wrapper}" needs an architecture that is causal, and "${d.base}" is not declared to be.`,
    remedy: 'Wrap a class decorated with @architecture({ capabilities: { causal: true, ... }, ... }).',
  }),
  'nonconforming-architecture': (d: { architecture: string; check: string; problem: string }): Message => ({
    what: `The architecture "${d.architecture}" breaks its contract (${d.check}): ${d.problem}.`,
    remedy: 'src/core/contracts/architecture.ts says what every method promises.',
  }),
};
