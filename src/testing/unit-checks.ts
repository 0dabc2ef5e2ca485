import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { Registry } from '../../registry/registry';
import { unitOf, type RegisteredUnit, type UnitKind, type Unit, type Wrapper } from '../../registry/units';
import { jobOf } from '../core/cell';
import { recordSchemaVersion } from '../core/contracts/record';
import { createRng } from '../core/random';
import { isPlainObject, validated } from '../core/validation';
import { withBackend } from '../engine/backends';
import { tracedFigures } from '../model/figures';
import { architectureConformance } from './architecture-conformance';
import { appliesToAModel, readsTheSameTwice } from './model-checks';
import { taskConformance, type ConformanceCheck } from './task-conformance';

/** One named property of a unit; `run` throws, or rejects, where the unit has it not. */
export interface UnitCheck extends Omit<ConformanceCheck, 'run'> {
  run(): void | Promise<void>;
}

const check = (name: string, run: UnitCheck['run'], applies = true): UnitCheck => ({ name, applies, run });
function insist(holds: unknown, problem: string): asserts holds {
  if (!holds) throw new Error(problem);
}

/** What `zoo check` asks of a registered unit: that it can be made and used, and what the contract of its kind promises. */
export function unitChecks(registry: Registry, unit: RegisteredUnit): UnitCheck[] {
  const { hyperparameters } = unit.meta as { readonly hyperparameters?: new () => object };
  const set = { ...unit.stands?.hyperparameters };
  return [
    check('is made by the container', () => {
      registry.create(unit, unit.kind === 'task' && hyperparameters ? made(hyperparameters, set) : undefined);
    }),
    check(
      'has defaults that keep to their own constraints',
      () => void validated(hyperparameters!, set, { place: unit.id }),
      hyperparameters !== undefined,
    ),
    ...(ofKind[unit.kind] as (registry: Registry, unit: RegisteredUnit) => UnitCheck[])(registry, unit),
  ];
}

/** What a wrapper of rows makes of `base` is a row like any other. */
export function wrapperChecks(registry: Registry, { prefix, wrap }: Wrapper, base: RegisteredUnit<'architecture'>) {
  const wrapped = unitOf(wrap(base.unitClass)) as Unit<'architecture'> | undefined;
  insist(wrapped, `what ${prefix} makes of ${base.id} is not decorated with @architecture`);
  return unitChecks(registry, {
    ...base,
    ...wrapped,
    id: `${prefix}-${base.id}`,
    make: () => registry.create(wrapped),
  });
}

const made = (shape: new () => object, values: object): object => Object.assign(new shape(), values);

/** Models are compared on one backend, in plain JavaScript, whatever else is installed. */
const onCpu = ({ name, applies, run }: ConformanceCheck): UnitCheck =>
  check(name, () => withBackend('cpu', run), applies);

/**
 * A suite builds what it is about before it has a check: where that fails, this is the one thing to say.
 */
function suite(name: string, list: () => UnitCheck[]): UnitCheck[] {
  try {
    return list();
  } catch (error) {
    return [
      check(name, () => {
        throw error;
      }),
    ];
  }
}

/** What each kind is asked, beside what all are. What theory says of a row belongs here too. */
const ofKind: { readonly [K in UnitKind]: (registry: Registry, unit: RegisteredUnit<K>) => UnitCheck[] } = {
  architecture: (_, unit) => [
    check('builds with its defaults, and can be compiled', () => {
      tracedFigures(unit, new unit.meta.hyperparameters());
    }),
    ...suite('can be put to the checks of its contract', () =>
      withBackend('cpu', () => architectureConformance(unit.unitClass)).map(onCpu),
    ),
  ],
  task: (_, unit) =>
    suite('can be put to the checks of its contract', () =>
      taskConformance(unit.unitClass, { hyperparameters: unit.stands?.hyperparameters }),
    ),
  baseline: (registry, unit) => [
    check('answers inputs of a task over its output alphabet', () => {
      const task = registry.createTask('parity');
      const draw = (name: string, count: number) => {
        const rng = createRng(name);
        return Array.from({ length: count }, () => task.sample(rng, 8));
      };
      const trained = { lengths: [8], canDraw: () => true };
      const guess = registry.create(unit).fit(task, { samples: draw('fit', 50), rng: createRng('guess'), trained });
      for (const input of draw('answer', 20)) {
        const answer: unknown = guess(input);
        const isOver = (id: unknown) => Number.isInteger(id) && (id as number) in task.alphabets.output;
        insist(Array.isArray(answer) && answer.every(isOver), `it answers ${JSON.stringify(answer)} to [${input}]`);
      }
    }),
  ],
  engine: (registry, unit) => [
    check('says whether it works here; where it does, computes x + x', async () => {
      const source = registry.create(unit);
      const { available, reason } = await source.available();
      insist(typeof reason === 'string' && reason !== '', 'available() gives no reason');
      if (!available) return;
      const engine = await source.open({ threads: 1 });
      try {
        const specification = { shape: [3], dtype: 'float32' } as const;
        const twice = (x: tf.Tensor) => [tf.add(x, x)];
        const program = await engine.compile(twice, [specification], { label: 'zoo check' });
        const handle = engine.upload(Float32Array.from([1, 2, 3]), specification);
        const [sum] = await program.run([handle]);
        insist(String(await engine.read(sum!)) === '2,4,6', `it gives ${String(await engine.read(sum!))} for 1, 2, 3`);
        engine.release([handle, sum!]);
      } finally {
        await engine.dispose();
      }
    }),
  ],
  executor: (registry, unit) => [hasMethods(() => registry.create(unit), 'run')],
  study: (registry, unit) => [
    hasMethods(() => registry.create(unit), 'expand', 'measure', 'summarise', 'tell'),
    check('has experiment files whose defaults are an object', () =>
      insist(isPlainObject(new unit.meta.experiment()), 'its class of experiment files makes none'),
    ),
  ],
  probe: (registry, unit) => [
    hasMethods(() => registry.create(unit), 'look'),
    check('reads finite numbers of a row, and the same again', () => readsTheSameTwice(registry, unit)),
  ],
  intervention: (registry, unit) => [
    hasMethods(() => registry.create(unit), 'applied'),
    check('makes of a row a model with the same parameters, in both forms', () => appliesToAModel(registry, unit)),
  ],
  log: (registry, unit) => [
    hasMethods(() => registry.create(unit), 'begin', 'event', 'end'),
    check('writes below the folder of a run, and bears a job that fails', () => {
      const folder = mkdtempSync(join(tmpdir(), 'zoo-check-'));
      try {
        const log = registry.create(unit);
        const jobs = [jobOf({ schemaVersion: recordSchemaVersion, seed: 1, engine: 'none' }, [])];
        const tell = () => ({ mark: '-', outcome: 'checked', details: '', isBest: false });
        const written = log.begin({ experiment: 'check', folder, jobs, alreadyFinished: 0, engine: 'none', tell }, 0);
        insist(written.startsWith(folder), `begin() gives ${written}, which is not below ${folder}`);
        log.event({ type: 'cell-started', cell: jobs[0]!, worker: 0 }, 1);
        const error = { code: 'test', message: 'it is only a check' };
        log.event({ type: 'cell-failed', cell: jobs[0]!, worker: 0, error }, 2);
        log.end(3);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }),
  ],
  plot: (registry, unit) => [
    hasMethods(() => registry.create(unit), 'figures'),
    check('draws what a study summarises', () => {
      const names = registry.all('study').map(({ id }) => id);
      insist(names.includes(unit.meta.study), `there is no study "${unit.meta.study}"; there are ${names.join(', ')}`);
    }),
  ],
  view: (registry, unit) => [
    hasMethods(() => registry.create(unit), 'draw'),
    check('draws what a study presents', () => {
      const names = [...registry.all('study').flatMap(({ meta }) => meta.presents), 'figures'];
      insist(names.includes(unit.meta.of), `no study presents "${unit.meta.of}"; there are ${names.join(', ')}`);
    }),
  ],
};

const hasMethods = (make: () => object, ...names: string[]): UnitCheck =>
  check(`has ${names.join(', ')}`, () => {
    const unit = make() as Record<string, unknown>;
    const missing = names.filter((name) => typeof unit[name] !== 'function');
    insist(missing.length === 0, `it has no method ${missing.join(', ')}`);
  });
