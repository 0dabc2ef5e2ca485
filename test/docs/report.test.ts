import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { packageRoot } from '../../src/core/package';
import { shippedReport, shippedReportFile } from '../../src/docs/shipped-report';
import { ensureBuilt } from '../support/built';

beforeAll(ensureBuilt);

/** Versions of zlib pack the same data into other bytes. */
const unpacked = (html: string) =>
  html.replace(/(<script type="text\/plain" id="\w+">)([^<]*)/g, (_, start: string, block: string) => {
    return start + gunzipSync(Buffer.from(block, 'base64')).toString();
  });

test('docs/report.html is what the code makes of shipped results (npm run docs), and not large', async () => {
  const there = readFileSync(join(packageRoot, shippedReportFile), 'utf8');
  expect(unpacked(there) === unpacked(await shippedReport())).toBe(true);
  expect(Buffer.byteLength(there)).toBeLessThan(500_000);
});
