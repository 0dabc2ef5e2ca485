/** Layers look one way only: docs/architecture.md says why. @type {import('dependency-cruiser').IConfiguration} */
const tensorLibraries = 'node_modules/(@tensorflow|onnxruntime|onnx-proto)';
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'tasks-know-only-contracts',
      severity: 'error',
      from: { path: '^tasks/' },
      to: { path: '^(architectures|src)/' },
    },
    { name: 'tasks-have-no-tensors', severity: 'error', from: { path: '^tasks/' }, to: { path: tensorLibraries } },
    {
      name: 'architectures-know-only-contracts',
      severity: 'error',
      from: { path: '^architectures/' },
      to: { path: '^(tasks|src)/' },
    },
    {
      name: 'registry-knows-no-machine',
      severity: 'error',
      from: { path: '^registry/' },
      to: { path: '^(tasks|architectures|src)/' },
    },
    {
      name: 'registry-has-no-tensors',
      severity: 'error',
      from: { path: '^registry/' },
      to: { path: tensorLibraries, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'views-have-no-tensors',
      severity: 'error',
      from: { path: '^src/(report|statistics|store|experiment)/' },
      to: { path: tensorLibraries, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'help-loads-no-machine',
      severity: 'error',
      comment: 'zoo --help loads the list of commands alone; a test checks what is really loaded',
      from: { path: '^src/cli/(main|cli|commands/index).ts' },
      to: {
        path: ['^(architectures|tasks)/', '^src/(?!cli/)', tensorLibraries],
        dependencyTypesNot: ['type-only'],
        dynamic: false,
      },
    },
    {
      name: 'only-the-cli-knows-the-cli',
      severity: 'error',
      from: { path: '^src/(?!cli/)' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'no-development-dependencies',
      severity: 'error',
      from: { path: '^(architectures|tasks|registry|src)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '^dist/' },
  },
};
