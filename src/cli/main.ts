#!/usr/bin/env node
import { runCli } from './cli';
import { processIo } from './io';

// The reader of a pipe may leave early (zoo list | head): that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

void runCli(process.argv.slice(2), processIo()).then((exitCode) => {
  process.exitCode = exitCode;
});
