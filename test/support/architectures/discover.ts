import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { unitOf, type Unit } from '../../../registry/units';

export const projectRoot = join(__dirname, '..', '..', '..');

export interface ArchitectureFile {
  /** Name without extension. */
  readonly name: string;
  readonly source: string;
  readonly test: string;
  readonly units: readonly Unit[];
}

/** Every module of `architectures/` with the rows and baselines it declares. */
export const architectureFiles: readonly ArchitectureFile[] = readdirSync(join(projectRoot, 'architectures'))
  .filter((file) => file.endsWith('.ts'))
  .sort()
  .map((file) => {
    const name = file.replace(/\.ts$/, '');
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- modules found by walking are loaded by name
    const exported = Object.values(require(join(projectRoot, 'architectures', file)) as object);
    const units = exported.map(unitOf).filter((unit) => unit !== undefined);
    return { name, source: `architectures/${file}`, test: `test/architectures/${name}.test.ts`, units };
  });
