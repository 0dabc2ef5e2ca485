import { writeFileSync } from 'node:fs';
import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { packageRoot } from '../core/package';
import {
  fixedVersions,
  hasSources,
  readSources,
  unversionedChanges,
  versionedKinds,
  versionsFile,
  versionsHere,
} from '../run/code/unit-sources';

/** `npm run versions`: fixes the sources of every unit's version, and says whose results are now said to stay the same. */
const registry = discover(new Registry(), 'tasks', 'architectures', 'studies', 'probes', 'interventions');
const units = versionedKinds.flatMap((kind) => registry.all(kind));
const changes = hasSources() ? unversionedChanges(units, fixedVersions(), readSources(packageRoot)) : [];
for (const { file, units: ids } of changes)
  process.stdout.write(`${file} changed; these keep their version, so their results stay: ${ids.join(', ')}\n`);
writeFileSync(versionsFile, `${JSON.stringify(versionsHere(registry), null, 1)}\n`);
