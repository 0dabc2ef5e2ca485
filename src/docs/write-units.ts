import { writeFileSync } from 'node:fs';
import { indexOfUnits, unitIndexFile } from '../../registry/discover';

/** A part of `npm run build`, before all that asks for units: what is in which module, so that commands load what they need. */
writeFileSync(unitIndexFile, JSON.stringify(indexOfUnits()));
