import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryBeside } from '../../core/atomic-file';
import type { Graph } from '../ir/graph';
import { optimise } from '../passes/pipeline';
import { findKept, keepFile, markUsed } from './compile/kept-files';
import type { Machine } from './compile/machine';
import { keepingFolders } from './compile/toolchain';
import { graphDigest } from './graph-digest';
import { nativePasses } from './passes/pipeline';
import type { PlanOptions } from './plan/plan';
import { NativeProgram, planProgram, whole, type Cut, type PlannedProgram } from './program';

const kind = 'plan';
/** Bytes beyond which a plan is not kept: its constants are large, and a thousand plans are kept. */
const mostBytes = 4 * 2 ** 20;

/**
 * Compiles a graph as it was captured. What the passes and the planner make of it is taken from the disk if the same code
 * made it before, and kept there if not. Errors: `missing-native`, `native-memory`, `native-compiler`.
 */
export async function compileGraph(
  captured: Graph,
  machine: Machine,
  options: Omit<PlanOptions, 'machine'>,
  cut: Cut = whole,
): Promise<NativeProgram> {
  const { lanes, panelColumns } = machine;
  const key = planKey(captured, { ...options, machine: { lanes, panelColumns } }, cut);
  const kept = findPlan(key);
  if (kept) return NativeProgram.open(kept, machine, cut);
  const planned = planProgram(optimise(nativePasses, captured), { ...options, machine }, cut);
  const program = await NativeProgram.open(planned, machine, cut);
  keepPlan(key, { ...planned, libraries: program.libraries });
  return program;
}

/** Changes with whatever a plan is made of: the graph, the machine's vectors, options, cut, and the code that makes it. */
export const planKey = (graph: Graph, options: PlanOptions, cut: Cut, code = codeOfEngine()): string =>
  createHash('sha256')
    .update([code, process.version, graphDigest(graph), JSON.stringify([options, cut])].join('\n'))
    .digest('hex')
    .slice(0, 32);

let digestOfCode: string | undefined;

/** Digest of every file of the engines, as sources or as built, read once. */
function codeOfEngine(): string {
  digestOfCode ??= filesBelow(join(__dirname, '..'))
    .reduce((hash, file) => hash.update(readFileSync(file)).update('\0'), createHash('sha256'))
    .digest('hex');
  return digestOfCode;
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.(?:[cm]?[jt]s|c|h)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();

function findPlan(key: string): PlannedProgram | undefined {
  for (const folder of keepingFolders()) {
    const kept = findKept(folder, key, kind);
    if (!kept) continue;
    markUsed(kept.file);
    return decoded(kept.content);
  }
  return undefined;
}

function keepPlan(key: string, planned: PlannedProgram): void {
  const content = encoded(planned);
  if (content.length > mostBytes) return;
  const folder = keepingFolders().at(-1)!;
  const temporary = temporaryBeside(join(folder, key));
  try {
    writeFileSync(temporary, content, { flag: 'wx', mode: 0o600 });
    keepFile(folder, temporary, key, kind);
  } catch {
    rmSync(temporary, { force: true }); // a full disk: it is planned anew the next time
  }
}

/** Length of the head, the head in JSON, and then tables and constants. */
function encoded({ tables, constants, ...rest }: PlannedProgram): Buffer {
  const head = Buffer.from(
    JSON.stringify({ ...rest, tables: tables.map(({ length }) => length), constants: constants.length }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  return Buffer.concat([length, head, ...tables.map((table) => new Uint8Array(table.buffer)), constants]);
}

type Head = Omit<PlannedProgram, 'tables' | 'constants'> & { readonly tables: number[]; readonly constants: number };

function decoded(content: Buffer): PlannedProgram {
  let at = 4 + content.readUInt32LE();
  const take = (bytes: number) => Uint8Array.from(content.subarray(at, (at += bytes)));
  const head = JSON.parse(content.toString('utf8', 4, at)) as Head;
  const tables = head.tables.map((length) => new Int32Array(take(4 * length).buffer));
  return { ...head, tables, constants: take(head.constants) };
}
