import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../src/core/package';

const platforms = [`${process.platform}/${process.arch}`, 'linux/sparc', 'beos/x64'];
const binary = (platform: string) => join(root, 'node_modules/onnxruntime-node/bin/napi-v6', platform, 'binding.node');

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'trim-'));
  for (const platform of platforms) {
    mkdirSync(dirname(binary(platform)), { recursive: true });
    writeFileSync(binary(platform), '');
  }
  cpSync(join(packageRoot, 'scripts/trim.mjs'), join(root, 'scripts/trim.mjs'));
});
afterEach(() => rmSync(root, { recursive: true }));

const kept = () => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts/trim.mjs')], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return platforms.filter((platform) => existsSync(binary(platform)));
};

it('leaves a clone the binaries of its own platform', () => {
  writeFileSync(join(root, 'tsconfig.build.json'), '{}');
  expect(kept()).toEqual(platforms.slice(0, 1));
  expect(kept()).toEqual(platforms.slice(0, 1));
});

it('touches nothing where the package is installed, and needs none of it', () => {
  expect(kept()).toEqual(platforms);
  rmSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(join(root, 'tsconfig.build.json'), '{}');
  expect(kept()).toEqual([]);
});
