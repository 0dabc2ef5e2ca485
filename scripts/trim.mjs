/**
 * Removes from a clone's onnxruntime-node the binaries of other platforms, 250 of its 290 MB: the npm package holds those of all.
 * `npm ci` brings them again, and runs this again.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const binaries = join(root, 'node_modules', 'onnxruntime-node', 'bin');
const folders = (folder) => readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

// Of who installs the package nothing is touched.
if (existsSync(join(root, 'tsconfig.build.json')) && existsSync(binaries)) {
  for (const { name: version } of folders(binaries))
    for (const { name: system } of folders(join(binaries, version)))
      for (const { name: processor } of folders(join(binaries, version, system)))
        if (system !== process.platform || processor !== process.arch)
          rmSync(join(binaries, version, system, processor), { recursive: true });
}
