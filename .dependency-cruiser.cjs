/**
 * Rooms of the house, lowest first: a module imports its own room and those before it. CONTRIBUTING.md says what each
 * room is for. @type {import('dependency-cruiser').IConfiguration}
 */
const rooms = [
  '^src/core/',
  '^registry/',
  '^(architectures|tasks)/',
  '^src/engine/',
  '^src/data/',
  '^src/model/',
  '^src/train/',
  '^src/evaluation/',
  '^src/(probes|interventions)/',
  '^src/(literature|report)/',
  '^src/theory/',
  '^src/studies/',
  '^src/page/',
  '^src/run/',
  '^src/(testing|bench|docs)/',
  '^src/cli/',
  '^src/api/',
];
const tensorLibraries = 'node_modules/(@tensorflow|onnxruntime|onnx-proto)';
const everywhere = '^(architectures|tasks|registry|src)/';
const values = { dependencyTypesNot: ['type-only'] };

/** Units are found by the container, never imported; the registry is all they know. */
const units = [
  { name: 'tasks-know-only-the-registry', from: '^tasks/', to: '^(architectures|src)/' },
  { name: 'architectures-know-only-the-registry', from: '^architectures/', to: '^(tasks|src)/' },
  { name: 'nobody-imports-a-unit', from: '^(registry|src)/', to: '^(architectures/[^/]*|tasks/[^/]*)$' },
];

module.exports = {
  forbidden: [
    ...rooms.slice(0, -1).map((room, at) => ({
      name: `no-arrow-up-from-${room
        .replace(/[^a-z|]+/g, ' ')
        .trim()
        .replaceAll(' ', '-')}`,
      severity: 'error',
      from: { path: room },
      to: { path: rooms.slice(at + 1) },
    })),
    ...units.map(({ name, from, to }) => ({ name, severity: 'error', from: { path: from }, to: { path: to } })),
    {
      name: 'passes-of-both-know-no-engine',
      severity: 'error',
      from: { path: '^src/engine/(ir|passes|trace)/' },
      to: { path: '^src/engine/(native|onnx|eager)/' },
    },
    {
      name: 'browsers-alone-run-the-page',
      severity: 'error',
      comment: 'the build bundles it into one file, which reports hold; what Node.js alone has esbuild refuses there',
      from: { pathNot: '^src/page/' },
      to: { path: '^src/page/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'one-spelling',
      severity: 'error',
      comment: 'sources import the file that defines a thing; an index is the public face, for plugins and units alone',
      from: { path: '^(registry|src)/', pathNot: ['^registry/index.ts$', '^src/testing/index.ts$'] },
      to: { path: '^(registry|architectures/layers|src/(run|testing))/index.ts$' },
    },
    { name: 'tasks-have-no-tensors', severity: 'error', from: { path: '^tasks/' }, to: { path: tensorLibraries } },
    {
      name: 'words-have-no-tensors',
      severity: 'error',
      from: { path: '^(registry|src/(core|data|report|literature|run))/' },
      to: { path: tensorLibraries, ...values },
    },
    {
      name: 'replays-run-in-browsers',
      severity: 'error',
      from: {
        path: ['^src/engine/interpreter/', '^src/evaluation/replay/(bundle|replay).ts$', '^src/data/format.ts$'],
      },
      to: { path: tensorLibraries, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'replays-know-nothing-of-node',
      severity: 'error',
      from: {
        path: ['^src/engine/interpreter/', '^src/evaluation/replay/(bundle|replay).ts$', '^src/data/format.ts$'],
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'help-loads-no-machine',
      severity: 'error',
      comment: 'zoo --help loads the list of commands alone; a test checks what is really loaded',
      from: { path: '^src/cli/(main|cli|commands/index).ts' },
      to: {
        path: ['^(architectures|tasks)/', '^src/(?!cli|core/)', tensorLibraries],
        dependencyTypesNot: ['type-only'],
        dynamic: false,
      },
    },
    {
      name: 'no-development-dependencies',
      severity: 'error',
      from: { path: everywhere },
      to: { dependencyTypes: ['npm-dev'], ...values },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '^dist/' },
  },
};
