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

type Kind = 'plan' | 'known';
/** Bytes beyond which a plan is not kept: its constants are large, and a thousand plans are kept. */
const mostBytes = 4 * 2 ** 20;

/** A program, and the key under which its plan is kept. */
export interface CompiledGraph {
  readonly program: NativeProgram;
  readonly plan: string;
}

/**
 * Compiles a graph as it was captured. What the passes and the planner make of it is taken from the disk if the same code
 * made it before, and kept there if not. Errors: `missing-native`, `native-memory`, `native-compiler`.
 */
export async function compileGraph(
  captured: Graph,
  machine: Machine,
  options: Omit<PlanOptions, 'machine'>,
  cut: Cut = whole,
): Promise<CompiledGraph> {
  const { lanes, panelColumns } = machine;
  const plan = planKey(captured, { ...options, machine: { lanes, panelColumns } }, cut);
  const kept = await openPlan(plan, machine, () => cut);
  if (kept) return { program: kept, plan };
  const planned = planProgram(optimise(nativePasses, captured), { ...options, machine }, cut);
  const program = await NativeProgram.open(planned, machine, cut);
  keepContent(plan, 'plan', encoded({ ...planned, libraries: program.libraries }));
  return { program, plan };
}

/** The program of a plan that is kept, cut as its outputs ask for. Error: `native-compiler`. */
export async function openPlan(
  plan: string,
  machine: Machine,
  cutOf: (outputs: NativeProgram['outputs']) => Cut = () => whole,
): Promise<NativeProgram | undefined> {
  const content = findContent(plan, 'plan');
  if (!content) return undefined;
  const planned = decoded(content);
  return NativeProgram.open(planned, machine, cutOf(planned.outputs));
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

/** What tracing a program led to, so that a program of the same origin need not be traced: the keys of its plans, and more. */
export class Known<T> {
  private readonly key: string | undefined;

  /** `settings` of the engine and the signature say the rest of what the plans depend on. */
  constructor(origin: string | undefined, machine: Machine, settings: unknown) {
    const { lanes, panelColumns } = machine;
    const all = [origin, process.version, JSON.stringify([lanes, panelColumns, settings])];
    this.key =
      origin === undefined ? undefined : createHash('sha256').update(all.join('\n')).digest('hex').slice(0, 32);
  }
  /** What was compiled before, where `open` still finds it; else what `trace` makes, of which it is remembered what it led to. */
  async compiled<P>(
    open: (traced: T) => Promise<P | undefined>,
    trace: () => Promise<{ readonly program: P; readonly traced: T }>,
  ): Promise<P> {
    const recalled = this.recall();
    const opened = recalled && (await open(recalled));
    if (opened) return opened;
    const { program, traced } = await trace();
    this.remember(traced);
    return program;
  }

  private recall(): T | undefined {
    const content = this.key && findContent(this.key, 'known');
    return content ? (JSON.parse(content.toString('utf8')) as T) : undefined;
  }
  private remember(traced: T): void {
    if (this.key) keepContent(this.key, 'known', Buffer.from(JSON.stringify(traced)));
  }
}

function findContent(key: string, kind: Kind): Buffer | undefined {
  for (const folder of keepingFolders()) {
    const kept = findKept(folder, key, kind);
    if (!kept) continue;
    markUsed(kept.file);
    return kept.content;
  }
  return undefined;
}

function keepContent(key: string, kind: Kind, content: Buffer): void {
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
