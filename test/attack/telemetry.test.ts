import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { hasCompiler } from '../support/compiler';
import { builtCli, ensureBuilt } from '../support/built';
import { tinyExperiment } from '../support/cli';

/** How long each engine trains; `ATTACK_SECONDS=60 npx jest test/attack/telemetry` gives what sends once a minute its chance. */
const seconds = Number(process.env.ATTACK_SECONDS ?? 0);

let folder: string;
beforeAll(ensureBuilt);
beforeEach(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), 'zoo-telemetry-')))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Follows the calls of a program that reach for a network or change a file system, where that can be done. */
function tracer(log: string): string[] {
  try {
    execFileSync('strace', ['-f', '-o', '/dev/null', 'true'], { stdio: 'ignore' });
    return ['strace', '-f', '--seccomp-bpf', '-s', '4096', '-e', 'trace=%network,%file', '-o', log];
  } catch {
    return [];
  }
}

const changes =
  /(?:open(?:at)?\((?:AT_FDCWD, )?"([^"]*)", [^,)]*(?:O_WRONLY|O_RDWR|O_CREAT)|(?:creat|mkdir|unlink|rmdir|truncate)\("([^"]*)"|(?:mkdirat|unlinkat)\(AT_FDCWD, "([^"]*)"|rename(?:at2?)?\(.*"([^"]*)")/;
/** Files that the calls of a log made or changed. */
const changed = (calls: string) =>
  calls
    .split('\n')
    .filter((line) => !/= -1 E/.test(line))
    .map((line) => changes.exec(line)?.slice(1).find(Boolean))
    .filter((path) => path !== undefined)
    .map((path) => resolve(folder, path));

test.each(['onnx', 'wasm', ...(hasCompiler ? ['native'] : [])])(
  'a run on the engine %s writes nothing outside its folders and reaches for no network',
  (engine) => {
    const log = join(folder, 'calls');
    const protocol = { ...tinyExperiment.protocol, ...(seconds && { steps: 10_000_000, heldOut: { stopAt: null } }) };
    writeFileSync(join(folder, 'tiny.json'), JSON.stringify({ ...tinyExperiment, protocol }));
    mkdirSync(join(folder, 'tmp'));
    const line = [process.execPath, builtCli, 'run', 'tiny.json', '--workers', '1', '--engine', engine];
    const limit = seconds ? ['timeout', '--signal=INT', String(seconds)] : [];
    const [command, ...words] = [...tracer(log), ...limit, ...line];
    const { ORT_DISABLE_TELEMETRY: _, XDG_CACHE_HOME: __, ...environment } = process.env;
    const { status, stderr } = spawnSync(command!, words, {
      cwd: folder,
      env: { ...environment, HOME: join(folder, 'home'), TMPDIR: join(folder, 'tmp') },
      encoding: 'utf8',
    });
    if (seconds) expect(stderr).toContain('the same command goes on from there');
    else expect({ status, stderr: status ? stderr : '' }).toEqual({ status: 0, stderr: '' });
    const written = existsSync(join(folder, 'home')) ? readdirSync(join(folder, 'home'), { recursive: true }) : [];
    const known =
      /^\.cache(\/chomsky-zoo(\/.*(\.kernels\.so|\.runtime\.node|\.plan|\.known|kernels\.txt)|\/modules(\/.*)?)?)?$/;
    expect(written.filter((name) => !known.test(String(name)))).toEqual([]);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
    const calls = existsSync(log) ? readFileSync(log, 'utf8') : '';
    expect(calls.match(/AF_INET.*/g)).toBeNull();
    const foreign = changed(calls).filter((path) => !path.startsWith(folder) && !/^\/(dev|proc)\//.test(path));
    expect(foreign).toEqual([]);
  },
  (seconds + 120) * 1000,
);
