import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { packageRoot } from '../../../src/core/package';
import type { Leaderboard } from '../../../src/studies/capability/summarise/leaderboard';
import type { JsonMatrix } from '../../../src/studies/capability/views/matrix-json';
import { ensureBuilt } from '../../support/built';
import { tinyExperiment, zoo } from '../../support/cli';

/** A row of a plugin and a row of ours, on one column; and the same row of ours with other settings, which is what we have. */
let folder = '';
let state = 0;
const at = (...parts: string[]) => join(folder, ...parts);
const environment = () => ({ XDG_STATE_HOME: at(`state-${state}`) });
const inFolder = (...words: string[]) => zoo(words, { workingFolder: folder, environment: environment() });
const who = ['--name', 'A. Person', '--contact', 'a@example.org', '--licence', 'CC-BY-4.0'];
const small = { hiddenSize: 4, embeddingWidth: 4 };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zoo-submit-'));
  cpSync(join(packageRoot, 'examples', 'plugin-gru', 'gru.ts'), at('gru.ts'));
  const rows = [
    { id: 'lstm', hyperparameters: small },
    { id: 'example/gru', hyperparameters: small },
  ];
  writeFileSync(
    at('theirs.json'),
    JSON.stringify({ ...tinyExperiment, name: 'theirs', architectures: rows, plugins: ['./gru.ts'] }),
  );
  writeFileSync(at('ours.json'), JSON.stringify({ ...tinyExperiment, name: 'ours', seeds: [1, 2] }));
  const [theirs, ours] = [
    await inFolder('run', 'theirs.json', '--workers', '0'),
    await inFolder('run', 'ours.json', '--workers', '0'),
  ];
  expect([theirs.exitCode, ours.exitCode]).toEqual([0, 0]);
  const packed = await inFolder('submit', 'theirs', '--out', 'theirs.zoo', ...who, '--note', 'A test.');
  expect([packed.exitCode, packed.stderr]).toEqual([0, expect.not.stringContaining('error')]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
/** Each test with nothing verified yet. */
beforeEach(() => void state++);

const lines = (file: string): string[] => {
  const content = readFileSync(at(file));
  return gunzipSync(content.subarray(content.indexOf(10) + 1))
    .toString()
    .split('\n')
    .slice(0, -1);
};
/** A file as somebody would write it who knows the form. */
function forge(file: string, changed: readonly string[], { bytes }: { bytes?: number } = {}): void {
  const plain = Buffer.from(changed.map((line) => `${line}\n`).join(''));
  const content = gzipSync(plain);
  const digest = createHash('sha256').update(content).digest('hex');
  const head = { form: 'chomsky-zoo submission', version: 1, bytes: bytes ?? plain.length, digest };
  writeFileSync(at(file), Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), content]));
}
const board = async (...words: string[]) => (await inFolder('leaderboard', ...words, '--json')).json<Leaderboard>();
const names = ({ overall }: Leaderboard) =>
  overall.filter(({ kind }) => kind === 'architecture').map(({ architecture }) => architecture);

describe('packing', () => {
  it('writes records, manifest, digests of plugins and who made them, and no path of the machine', () => {
    const [head, manifest, ...records] = lines('theirs.zoo').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(head).toMatchObject({
      submitter: { name: 'A. Person', contact: 'a@example.org', licence: 'CC-BY-4.0', note: 'A test.' },
      plugins: [{ name: 'chomsky-zoo-plugin-gru', digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string }],
      made: { runtimes: [`node ${process.versions.node}`] },
      ...{ records: 4, sources: 0 },
    });
    expect(records.map(({ digest }) => digest)).toEqual(records.map(() => expect.stringMatching(/^[0-9a-f]{64}$/)));
    expect((manifest!.cells as { plugins: string[] }[]).flatMap(({ plugins }) => plugins)).toEqual([]);
    expect(
      gunzipSync(readFileSync(at('theirs.zoo')).subarray(readFileSync(at('theirs.zoo')).indexOf(10) + 1)).includes(
        folder,
      ),
    ).toBe(false);
  });

  it('makes the same bytes of the same records', async () => {
    await inFolder('submit', 'theirs', '--out', 'again.zoo', ...who, '--note', 'A test.');
    expect(readFileSync(at('again.zoo')).equals(readFileSync(at('theirs.zoo')))).toBe(true);
  });

  it('packs the source of plugins where that is asked for', async () => {
    const { exitCode } = await inFolder(
      'submit',
      'theirs',
      '--rows',
      'example/gru',
      '--with-source',
      '--out',
      'source.zoo',
      ...who,
    );
    expect(exitCode).toBe(0);
    const source = JSON.parse(lines('source.zoo').at(-1)!) as { plugin: string; file: string; text: string };
    expect(source).toEqual({
      plugin: 'chomsky-zoo-plugin-gru',
      file: 'gru.ts',
      text: readFileSync(at('gru.ts'), 'utf8'),
    });
  });

  it('leaves out what others could not check, and says what', async () => {
    cpSync(at('runs', 'ours'), at('runs', 'part'), { recursive: true });
    const records = at('runs', 'part', 'records', 'lstm', 'parity');
    const [first, second] = readdirSync(records).filter((name) => name.endsWith('.json')) as [string, string];
    rmSync(join(records, first));
    const packed = await inFolder('submit', 'runs/part', '--out', 'part.zoo', ...who, '--json');
    expect(packed.json()).toMatchObject({
      rows: ['lstm'],
      cells: 3,
      leftOut: [expect.stringMatching(/^lstm x parity, seed [12]: not run$/)],
    });
    writeFileSync(
      join(records, second),
      readFileSync(join(records, second), 'utf8').replace('"steps": 4', '"steps": 5'),
    );
    const nothing = await inFolder('submit', 'runs/part', '--out', 'nothing.zoo', ...who);
    expect(nothing.stderr).toContain('error nothing-to-submit');
    expect(nothing.stderr).toMatch(/lstm x parity, seed [12]: damaged, its key is not that of its specification/);
    expect(existsSync(at('nothing.zoo'))).toBe(false);
  });

  it('refuses cells whose protocol is not that of the experiment they claim', async () => {
    const claimed = (name: string) => inFolder('submit', 'ours', '--experiment', name, '--out', 'claim.zoo', ...who);
    expect((await claimed('ours.json')).exitCode).toBe(0);
    const other = await claimed('quick');
    expect([other.exitCode, other.stderr]).toEqual([2, expect.stringContaining('error other-protocol')]);
    expect(other.stderr).toContain('lstm x parity, seed 1 and 1 more: protocol.steps 4 instead of 2000');
    expect(other.stderr).toContain('zoo run quick --rows');
  });
});

describe('viewing', () => {
  it('shows submitted rows beside ours, a clash under another name, and whose they are', async () => {
    const shown = await board('ours', 'theirs.zoo');
    const digest = (JSON.parse(readFileSync(at('theirs.zoo')).toString('latin1').split('\n')[0]!) as { digest: string })
      .digest;
    expect(names(shown).sort()).toEqual([
      'example/gru (submitted, not verified)',
      'lstm',
      `lstm@${digest.slice(0, 8)} (submitted, not verified)`,
    ]);
    expect(shown.submissions).toMatchObject([
      { row: 'lstm', by: 'A. Person', contact: 'a@example.org', licence: 'CC-BY-4.0', cells: 1, agreed: 0, digest },
      { row: 'example/gru', by: 'A. Person' },
    ]);
    const { stderr } = await inFolder('leaderboard', 'theirs.zoo');
    expect(stderr).toContain(
      'submitted by A. Person (CC-BY-4.0); not verified here: zoo verify theirs.zoo. Its note: A test.',
    );
    expect(names(await board('theirs.zoo', 'ours')).sort()).toEqual(names(shown).sort());
    expect(names(await board('theirs.zoo'))).toEqual(expect.arrayContaining(['lstm (submitted, not verified)']));
    // Chance stays what we have measured.
    const rows = shown.overall.filter(({ kind }) => kind === 'baseline').map(({ architecture }) => architecture);
    expect(rows.sort()).toEqual(['oracle', 'uniform']);
  });

  it.each(['text', 'markdown', 'latex', 'csv', 'svg', 'json'])('marks them in every view as %s', async (format) => {
    for (const command of ['leaderboard', 'matrix'])
      for (const size of format === 'csv' ? [[]] : [[], ['--compact']]) {
        const { stdout } = await inFolder(command, 'ours', 'theirs.zoo', '--format', format, '--width', '200', ...size);
        expect(stdout).toMatch(/example\/gru \(submitted, not verified\)/);
      }
  });

  it('marks them in plots, comparisons and reports', async () => {
    await ensureBuilt();
    const plot = await inFolder('plot', 'ours', 'theirs.zoo', '--format', 'json');
    expect(plot.stdout).toContain('example/gru (submitted, not verified)');
    const rows = await inFolder(
      'compare',
      'ours,theirs.zoo',
      '--rows',
      'example/gru,lstm',
      '--columns',
      'parity',
      '--json',
    );
    expect(rows.stderr).toContain('needs two rows to compare, and --rows means 3'); // lstm is ours and theirs
    const two = await inFolder('compare', 'theirs.zoo', '--rows', 'example/gru,lstm', '--json');
    expect(two.json()).toMatchObject({ b: 'example/gru (submitted, not verified)' });
    const sides = await inFolder('compare', 'ours', 'theirs.zoo', '--json');
    expect(sides.json<{ cells: object[] }>().cells).toMatchObject([
      { row: 'lstm, lstm (submitted, not verified)', task: 'parity', seeds: [2, 1] },
    ]);
    const page = (await inFolder('report', 'ours,theirs.zoo')).stdout;
    const blocks = [...page.matchAll(/<script type="text\/plain" id="[^"]*">([^<]*)</g)].map(([, text]) =>
      gunzipSync(Buffer.from(text!, 'base64')).toString(),
    );
    expect(
      blocks.filter((block) => block.includes('example/gru (submitted, not verified)')).length,
    ).toBeGreaterThanOrEqual(2);
    expect(blocks.join()).toContain('submitted by A. Person (a@example.org), CC-BY-4.0');
  });

  it('keeps two results of one cell apart, and never takes one for the other', async () => {
    const [head, manifest, ...records] = lines('theirs.zoo') as [string, string, ...string[]];
    const changed = records.map((line) => {
      const { digest: _, ...record } = JSON.parse(line) as {
        digest: string;
        provenance: unknown;
        training: { steps: number } | null;
      };
      if (!record.training) return line;
      const { provenance: __, ...results } = { ...record, training: { ...record.training, parameterCount: 7 } };
      return JSON.stringify({ digest: fingerprintOf(results), ...results, provenance: record.provenance });
    });
    forge('changed.zoo', [head, manifest, ...changed]);
    const { cells } = (await inFolder('matrix', 'theirs', 'changed.zoo', '--json')).json<JsonMatrix>();
    const parameters = (row: RegExp) =>
      cells.filter(({ architecture }) => row.test(architecture)).map(({ cost }) => cost?.parameters);
    expect(parameters(/^lstm \(|^lstm@/)).not.toEqual(parameters(/^lstm$/));
  });

  it('puts another task of the same name into a column of its own', async () => {
    writeFileSync(
      at('other.json'),
      JSON.stringify({
        ...tinyExperiment,
        name: 'other',
        tasks: [{ id: 'mqar', label: 'parity', hyperparameters: {} }],
        protocol: { ...tinyExperiment.protocol, trainingLengths: { minimum: 4, maximum: 8 } },
      }),
    );
    expect((await inFolder('run', 'other.json', '--workers', '0')).exitCode).toBe(0);
    expect((await inFolder('submit', 'other', '--out', 'other.zoo', ...who)).exitCode).toBe(0);
    const { columns, cells } = (await inFolder('matrix', 'ours', 'other.zoo', '--json')).json<JsonMatrix>();
    const theirs = columns.map(({ task }) => task).find((task) => task !== 'parity')!;
    expect(theirs).toMatch(/^parity@[0-9a-f]{8}$/);
    expect(cells.filter(({ architecture }) => architecture.startsWith('lstm@')).map(({ task }) => task)).toEqual([
      theirs,
    ]);
    // What is theirs alone has their chance, under their mark.
    expect(
      cells
        .filter(({ kind, task }) => kind === 'baseline' && task === theirs)
        .every(({ architecture }) => architecture.endsWith('(submitted, not verified)')),
    ).toBe(true);
  });
});

describe('a file that is not as it was packed', () => {
  it('is refused by every command, whatever else is named', async () => {
    const edited = readFileSync(at('theirs.zoo'));
    edited[edited.length - 20]! ^= 1;
    writeFileSync(at('edited.zoo'), edited);
    for (const words of [
      ['leaderboard', 'ours', 'edited.zoo'],
      ['report', 'edited.zoo'],
      ['verify', 'edited.zoo'],
    ]) {
      const { exitCode, stdout, stderr } = await inFolder(...words);
      expect([exitCode, stdout]).toEqual([2, '']);
      expect(stderr).toContain('edited.zoo is not as it was written: its content does not match its digest');
    }
    writeFileSync(at('text.zoo'), 'no submission');
    expect((await inFolder('matrix', 'text.zoo')).stderr).toContain('error not-a-submission');
    forge('bomb.zoo', ['x'.repeat(1e7)], { bytes: 100 });
    expect((await inFolder('matrix', 'bomb.zoo')).stderr).toContain(
      'it unpacks to more than the 100 bytes that it says',
    );
  });
});

describe('verifying', () => {
  const verify = (...words: string[]) => inFolder('verify', 'theirs.zoo', '--workers', '0', '--all', ...words);

  it('runs no code that the user does not name, and none that is another', async () => {
    const without = await verify();
    expect([without.exitCode, without.stderr]).toEqual([2, expect.stringContaining('error plugin-needed')]);
    writeFileSync(at('gru-other.ts'), `${readFileSync(at('gru.ts'), 'utf8')}\nexport const another = 1;\n`);
    const other = await verify('--plugin', './gru-other.ts');
    expect([other.exitCode, other.stderr]).toEqual([
      2,
      expect.stringMatching(/error other-plugin\s+theirs.zoo was measured with chomsky-zoo-plugin-gru 0.1.0 of digest/),
    ]);
    expect(names(await board('theirs.zoo')).filter((name) => !name.endsWith('not verified)'))).toEqual([]);
  });

  it('marks rows as verified once their cells were measured again, and no other row', async () => {
    const found = await verify('--plugin', './gru.ts', '--only', 'example/gru', '--json');
    expect(found.json()).toMatchObject({ verified: 1, counts: { identical: 1 } });
    expect(found.stderr).toContain(
      'Of the 2 trained cells of theirs.zoo 1 were measured again here with the same outcome',
    );
    expect(names(await board('ours', 'theirs.zoo'))).toEqual(
      expect.arrayContaining([
        'example/gru (submitted, 1 of 1 cells verified)',
        expect.stringMatching(/^lstm@.* \(submitted, not verified\)$/),
      ]),
    );
    // Bound to these bytes: the same cells in another file are not verified by it.
    await inFolder('submit', 'theirs', '--out', 'renamed.zoo', ...who, '--note', 'Another note.');
    expect(names(await board('renamed.zoo')).filter((name) => !name.endsWith('not verified)'))).toEqual([]);
  });

  it('says so where cells come out otherwise', async () => {
    const outcome = await inFolder('verify', 'changed.zoo', '--workers', '0', '--all', '--plugin', './gru.ts');
    expect([outcome.exitCode, outcome.stdout]).toEqual([
      1,
      expect.stringContaining('2 of 2: NOT the same, though machine and engine are.'),
    ]);
    expect(names(await board('changed.zoo')).sort()).toEqual([
      'example/gru (submitted, 1 of 1 verified cells DIFFER)',
      'lstm (submitted, 1 of 1 verified cells DIFFER)',
    ]);
  });

  it('verifies one at a time', async () => {
    const both = await inFolder('verify', 'ours', 'theirs.zoo');
    expect([both.exitCode, both.stderr]).toEqual([2, expect.stringContaining('name one')]);
  });
});

const fingerprintOf = (value: unknown) =>
  jest.requireActual<typeof import('../../../src/core/cell')>('../../../src/core/cell').fingerprint(value);
