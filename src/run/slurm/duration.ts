import { ValidateBy } from 'class-validator';

const units = { d: 86_400, h: 3_600, m: 60, s: 1 } as const;

/** Seconds of "2h", "1h30m", "1d", or as Slurm writes them: "30" (minutes), "02:00:00", "1-12:00:00". Undefined for others. */
export function secondsOf(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+)([dhms])/g)];
  if (parts.length > 0 && parts.map(([part]) => part).join('') === text)
    return parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units], 0);
  // days-hours[:minutes[:seconds]], or minutes[:seconds], or hours:minutes:seconds
  const [, days, clock] = /^(?:(\d+)-)?(\d+(?::\d{1,2}){0,2})$/.exec(text) ?? [];
  if (clock === undefined) return undefined;
  const numbers = clock.split(':').map(Number);
  const [hours, minutes, seconds] = days !== undefined || numbers.length === 3 ? numbers : [0, ...numbers];
  return Number(days ?? 0) * units.d + hours! * units.h + (minutes ?? 0) * units.m + (seconds ?? 0);
}

/** As Slurm reads it: D-HH:MM:SS. */
export function slurmTime(seconds: number): string {
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0');
  const [days, rest] = [Math.floor(seconds / units.d), seconds % units.d];
  return `${days}-${two(rest / units.h)}:${two((rest % units.h) / units.m)}:${two(rest % units.m)}`;
}

/** A text that `secondsOf` understands, of a minute at least. */
export const IsDuration = (): PropertyDecorator =>
  ValidateBy({
    name: 'duration',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && (secondsOf(value) ?? 0) >= units.m,
      defaultMessage: () => '$property must be a duration of a minute or more: 2h, 30m, 1h30m, 1-12:00:00',
    },
  });
