import type { UnitKind } from './units';

/** A module of units that is loaded when one of them is asked for. */
export interface ExpectedModule {
  readonly units: readonly (readonly [kind: UnitKind, id: string])[];
  readonly hasWrappers?: boolean;
  readonly hasFamilies?: boolean;
  /** Loads the module and registers what it holds. */
  readonly load: () => void;
}

/** What a registry will know once it is asked: modules by what they hold. A module is loaded once. */
export class ExpectedUnits {
  private readonly modules = new Set<ExpectedModule>();
  private readonly byKind = new Map<UnitKind, Map<string, ExpectedModule>>();

  add(module: ExpectedModule): void {
    this.modules.add(module);
    for (const [kind, id] of module.units) {
      if (!this.byKind.has(kind)) this.byKind.set(kind, new Map());
      this.byKind.get(kind)!.set(id, module);
    }
  }

  /** Whether a unit is of such a module, loaded or not. */
  has(kind: UnitKind, id: string): boolean {
    return this.byKind.get(kind)?.has(id) ?? false;
  }

  /** Loads the module of a unit, where it is not loaded yet. */
  load(kind: UnitKind, id: string): void {
    this.loadModule(this.byKind.get(kind)?.get(id));
  }
  loadKind(kind: UnitKind): void {
    for (const module of new Set(this.byKind.get(kind)?.values())) this.loadModule(module);
  }
  loadWrappers(): void {
    for (const module of this.modules) if (module.hasWrappers) this.loadModule(module);
  }
  loadFamilies(): void {
    for (const module of this.modules) if (module.hasFamilies) this.loadModule(module);
  }

  /** What is registered while it loads is expected no longer. */
  private loadModule(module: ExpectedModule | undefined): void {
    if (module && this.modules.delete(module)) module.load();
  }
}
