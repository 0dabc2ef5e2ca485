import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgetMachineKind, machineKindIn, requireMachineKind } from '../../../src/run/store/machine-kind';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zoo-machine-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('keeps a folder to the first kind, until it is forgotten', () => {
  expect(machineKindIn(folder)).toBeUndefined();
  requireMachineKind(folder, 'AVX2 with FMA');
  requireMachineKind(folder, 'AVX2 with FMA');
  expect(machineKindIn(folder)).toBe('AVX2 with FMA');
  expect(() => requireMachineKind(folder, 'NEON')).toThrow(
    `${folder} is kept to one kind of machine (AVX2 with FMA), and this is another (NEON).`,
  );
  forgetMachineKind(folder);
  requireMachineKind(folder, 'NEON');
  expect(machineKindIn(folder)).toBe('NEON');
  expect(readdirSync(folder)).toEqual(['machine-kind']);
});

it('says where it cannot be noted', () => {
  expect(() => requireMachineKind(join(folder, 'nowhere'), 'NEON')).toThrow('machine-kind cannot be written');
});
