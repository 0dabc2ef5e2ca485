import * as modules from 'node:module';
import { join } from 'node:path';
import { ownFolder } from './cache-folder';

/**
 * Loaded first by the command and by its workers: modules that are loaded later are compiled once for all processes, and kept
 * where kernels are. Node.js can do that from 22.1 on. Done by hand for an older one it gains little: 40 ms of 600.
 */
const { enableCompileCache } = modules as { enableCompileCache?: (folder: string) => unknown };
const { folder } = enableCompileCache && process.platform !== 'win32' ? ownFolder() : {};
if (folder !== undefined) enableCompileCache!(join(folder, 'modules'));
