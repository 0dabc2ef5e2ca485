import type { Command } from 'commander';
import type { Context } from './io';

/** A command by its name; what it is made of is loaded when it is called. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  /** Called by programs: no help lists it. */
  readonly hidden?: boolean;
  readonly load: () => CommandDefinition;
}

/** One command: its options and what it does. */
export interface CommandDefinition {
  readonly examples: readonly string[];
  define(command: Command, context: Context): void;
}
