import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../core/package';
import { shippedReport, shippedReportFile } from './shipped-report';

/** Part of `npm run docs`: the report of shipped results. */
void shippedReport().then((html) => writeFileSync(join(packageRoot, shippedReportFile), html));
