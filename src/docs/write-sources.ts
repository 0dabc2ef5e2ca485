import { writeFileSync } from 'node:fs';
import { discover } from '../../registry/discover';
import { Registry } from '../../registry/registry';
import { builtSources, builtSourcesFile } from '../run/code/unit-sources';

/** A part of `npm run build`: the sources of every unit, so that a run need not read them to say which have changed. */
const registry = discover(new Registry(), 'tasks', 'architectures', 'studies', 'probes', 'interventions');
writeFileSync(builtSourcesFile, JSON.stringify(builtSources(registry)));
