import { writeFileSync } from 'node:fs';
import { readCatalogue } from '../literature/claim-catalogue';
import { claimsFile, publishedClaims } from '../literature/published';

/** A part of `npm run build`: what is claimed of rows, so that a run need not read and check all that was published. */
writeFileSync(claimsFile, JSON.stringify([...publishedClaims()]));
readCatalogue(); // a mistake in the catalogue fails the build
