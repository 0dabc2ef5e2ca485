import type { Registry } from '../../registry/registry';
import type { RegisteredUnit } from '../../registry/units';
import type { Manifest } from '../core/contracts/manifest';
import type { Job } from '../core/contracts/record';
import type { SerialisedError } from '../core/contracts/execution';
import type { TheoryFilter } from '../core/contracts/theory';
import type { Arrangement } from '../core/contracts/study';
import type { ViewOptions } from '../core/contracts/view';
import { paletteFor } from './background';
import { zooError } from '../core/errors';
import { draw } from '../report/views';
import type { Context } from './io';
import type { Results } from './results';

/** What is drawn and how. */
export interface Drawing extends Omit<ViewOptions, 'palette' | 'pictureWidth'> {
  /** A name that the study presents; its first where none is given. */
  readonly of?: string;
  readonly format: string;
  readonly theory?: TheoryFilter;
  readonly arrangement?: Arrangement;
}

export interface Shown extends Results {
  readonly registry: Registry;
  readonly study: RegisteredUnit<'study'>;
  /** The part that is asked for; absent: all of it. */
  readonly shown?: Manifest<Job>;
  readonly failures?: ReadonlyMap<string, SerialisedError>;
}

/** Formats of whoever asks for none: for people, and for scripts (`--json`). */
export const formats = { people: 'text', scripts: 'json' } as const;

/** Draws what a study says of its records on standard output, and returns it. */
export async function printSummary(
  { registry, study, manifest, shown = manifest, ...results }: Shown,
  { of = study.meta.presents[0], format, theory, arrangement, ...asked }: Drawing,
  context: Context,
): Promise<unknown> {
  const unit = registry.create(study);
  if (theory && !unit.predict)
    throw zooError('usage', { problem: `The study ${study.id} predicts nothing: --theory.`, command: 'zoo view' });
  const summary = unit.summarise({ ...results, manifest: shown, theory, arrangement });
  await drawOn(registry, { of, format }, summary, asked, context);
  return summary;
}

/** Draws something on standard output, in colours that suit it. */
export async function drawOn(
  registry: Registry,
  what: { readonly of: string; readonly format: string },
  summary: unknown,
  asked: Omit<ViewOptions, 'palette' | 'pictureWidth'>,
  context: Context,
): Promise<void> {
  const { theme = 'auto', width = context.terminal.width } = asked;
  const palette = await paletteFor(context.terminal.palette, theme, context.io);
  const options: ViewOptions = { ...asked, palette, theme, width, pictureWidth: asked.width };
  await context.write(await draw(registry, what, summary, options));
}
