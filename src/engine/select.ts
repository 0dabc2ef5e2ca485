import 'reflect-metadata';
import { inject, injectable, injectAll } from 'tsyringe';
import { tokens } from '../../registry/container';
import { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import {
  automatic,
  type Availability,
  type Engine,
  type EngineOptions,
  type EngineReport,
  type EngineSource,
} from '../core/contracts/engine';
import { zooError } from '../core/errors';

type EngineUnit = RegisteredUnit<'engine'>;

/** The engines of a zoo. */
@injectable()
export class Engines {
  private readonly sources = new Map<EngineUnit, EngineSource>();

  constructor(
    @injectAll(tokens.engine, { isOptional: true }) private readonly units: readonly EngineUnit[],
    @inject(Registry) private readonly registry: Registry,
  ) {}

  /**
   * Opens the engine of that name; a named engine is never replaced by another. `tell` hears what is out of the ordinary:
   * why the first choice is not taken although it should work here, or what the one taken has to do without.
   * @throws unknown-unit, or no-engine with the reasons
   */
  async open(choice: string, options: EngineOptions, tell: (note: string) => void = () => {}): Promise<Engine> {
    const reasons: string[] = [];
    for (const unit of this.candidates(choice)) {
      const availability = await this.availability(unit);
      if (availability.note !== undefined) tell(`Engine ${unit.id}: ${availability.note}.`);
      if (availability.available) return this.source(unit).open(options);
      reasons.push(reasonOf(availability));
    }
    throw zooError('no-engine', { asked: choice, reasons });
  }

  /** Those that turn a program into something faster, as far as they work here. @throws no-engine */
  async compiled(options: EngineOptions): Promise<Engine[]> {
    const units = this.units.filter(({ meta }) => meta.compiled);
    const opened = units.map(async (unit) => {
      const availability = await this.availability(unit);
      return availability.available ? this.source(unit).open(options) : reasonOf(availability);
    });
    const tried = await Promise.all(opened);
    const engines = tried.flatMap((each) => (typeof each === 'string' ? [] : each));
    if (engines.length > 0) return engines;
    const reasons = tried.flatMap((each) => (typeof each === 'string' ? each : []));
    throw zooError('no-engine', { asked: units.map(({ id }) => id).join(' or '), reasons });
  }

  /** Names, those that may be taken unasked first. */
  names(): string[] {
    return this.inOrder().map(({ id }) => id);
  }

  /** What is available here and why, those that may be taken unasked first: the lines of `zoo doctor`. */
  async reports(choice?: string): Promise<EngineReport[]> {
    const units = choice === undefined ? this.inOrder() : this.candidates(choice);
    const reports: EngineReport[] = [];
    for (const unit of units) reports.push({ name: unit.id, ...(await this.availability(unit)) });
    return reports;
  }

  /** The report of the engine that is taken where none is named. */
  taken(reports: readonly EngineReport[]): EngineReport | undefined {
    const ids = this.candidates(automatic).map(({ id }) => id);
    return ids.map((id) => reports.find(({ name }) => name === id)).find((report) => report?.available);
  }

  private candidates(choice: string): EngineUnit[] {
    if (choice === automatic) return this.inOrder().filter(({ meta }) => meta.automatic !== undefined);
    return [this.registry.resolve('engine', choice, '--engine')];
  }

  private inOrder(): EngineUnit[] {
    const place = ({ meta }: EngineUnit) => meta.automatic ?? Infinity;
    return [...this.units].sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
  }

  private source(unit: EngineUnit): EngineSource {
    const known = this.sources.get(unit);
    if (known) return known;
    const source = this.registry.create(unit);
    this.sources.set(unit, source);
    return source;
  }

  /** An engine that fails while it looks at the machine is not available, for that reason. */
  private async availability(unit: EngineUnit): Promise<Availability> {
    try {
      return await this.source(unit).available();
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n')[0]! : String(error);
      return { available: false, implementation: unit.meta.title, reason, note: `it cannot be used: ${reason}` };
    }
  }
}

const reasonOf = ({ implementation, reason }: Availability): string => `${implementation}: ${reason}`;

/** The engines that come with the zoo. */
export const enginesOf = (registry: Registry): Engines => registry.container.resolve(Engines);
