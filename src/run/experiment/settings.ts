import { zooError } from '../../core/errors';
import { nearestNames } from '../../core/nearest';
import { isPlainObject } from '../../core/validation';

/** `path=value` of a --set option; the value is JSON where it can be, text otherwise. */
export function parseSetting(setting: string): { path: string[]; value: unknown } {
  const [, path, text] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
  if (path === undefined || text === undefined || path.split('.').length < 1) {
    throw zooError('usage', {
      problem: `--set "${setting}" is not of the form path=value, such as protocol.steps=500.`,
      command: 'zoo',
    });
  }
  const keys = path.trim().split('.');
  const inherited = keys.find((key) => key in Object.prototype);
  if (inherited !== undefined)
    throw zooError('usage', {
      problem: `--set "${setting}": "${inherited}" is not a key of anything.`,
      command: 'zoo',
    });
  return { path: keys, value: jsonOrText(text) };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Lays settings over an experiment: `protocol.steps=500` over one of its `parts`, `lstm.hiddenSize=64` over the
 * hyperparameters of every row, column or probe called lstm. Keys are judged later, when the whole is validated.
 */
export function applySettings(
  experiment: Record<string, unknown>,
  settings: readonly string[],
  parts: readonly string[] = ['protocol'],
): Record<string, unknown> {
  const changed = structuredClone(experiment);
  for (const setting of settings) {
    const { path, value } = parseSetting(setting);
    const [first, ...rest] = path as [string, ...string[]];
    const entries = [changed.architectures, changed.tasks, changed.probes].flat().filter(isPlainObject);
    const owners = entries.filter((entry) => entry.label === first || entry.id === first);
    if (parts.includes(first)) assign(changed, path, value);
    else if (owners.length && rest.length)
      owners.forEach((owner) => assign(owner, ['hyperparameters', ...rest], value));
    else {
      const names = [...parts, ...entries.map(({ id }) => String(id))];
      const problem = `--set "${setting}": there is nothing called "${first}" in this experiment to set a value of.`;
      throw zooError('usage', { problem, nearest: nearestNames(first, names), command: 'zoo run' });
    }
  }
  return changed;
}

function assign(target: Record<string, unknown>, [first, ...rest]: string[], value: unknown): void {
  if (rest.length === 0) target[first!] = value;
  else
    assign(
      (target[first!] = isPlainObject(target[first!]) ? target[first!] : {}) as Record<string, unknown>,
      rest,
      value,
    );
}
