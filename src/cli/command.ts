import type { Command } from 'commander';
import type { Context } from './io';

/** One command: its options and what it does. */
export interface CommandDefinition {
  readonly examples: readonly string[];
  define(command: Command, context: Context): void;
}
