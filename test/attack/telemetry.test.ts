import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasCompiler } from '../support/compiler';
import { builtCli, ensureBuilt } from '../support/built';
import { tinyExperiment } from '../support/cli';

let folder: string;
beforeAll(ensureBuilt);
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-telemetry-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Follows the calls of a program that reach for a network, where that can be done. */
function tracer(log: string): string[] {
  try {
    execFileSync('strace', ['-f', '-o', '/dev/null', 'true'], { stdio: 'ignore' });
    return ['strace', '-f', '-e', 'trace=socket,connect,sendto,sendmsg', '-o', log];
  } catch {
    return [];
  }
}

test.each(['onnx', 'wasm', ...(hasCompiler ? ['native'] : [])])(
  'a run on the engine %s writes nothing outside its folders and reaches for no network',
  (engine) => {
    const log = join(folder, 'calls');
    writeFileSync(join(folder, 'tiny.json'), JSON.stringify(tinyExperiment));
    const line = [process.execPath, builtCli, 'run', 'tiny.json', '--workers', '1', '--engine', engine];
    const [command, ...words] = [...tracer(log), ...line];
    const { ORT_DISABLE_TELEMETRY: _, XDG_CACHE_HOME: __, ...environment } = process.env;
    const { status, stderr } = spawnSync(command!, words, {
      cwd: folder,
      env: { ...environment, HOME: join(folder, 'home') },
      encoding: 'utf8',
    });
    expect({ status, stderr: status ? stderr : '' }).toEqual({ status: 0, stderr: '' });
    const written = existsSync(join(folder, 'home')) ? readdirSync(join(folder, 'home'), { recursive: true }) : [];
    const known = /^\.cache(\/chomsky-zoo(\/.*(\.kernels\.so|\.runtime\.node|kernels\.txt))?)?$/;
    expect(written.filter((name) => !known.test(String(name)))).toEqual([]);
    const calls = existsSync(log) ? readFileSync(log, 'utf8') : '';
    expect(calls.match(/AF_INET.*/g)).toBeNull();
  },
);
