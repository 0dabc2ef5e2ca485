import { getMetadataStorage } from 'class-validator';
import type { RegisteredUnit } from '../../registry/units';
import { zooError } from '../core/errors';
import { knownKeys, validated } from '../core/validation';

class NothingToSet {}

/**
 * What is set of an executor: its defaults with `name=value` of `--set-executor` over them, several with commas between.
 * What is a list in its class is given again for each entry.
 * @throws usage or invalid-value, naming the nearest setting
 */
export function executorSettings({ id, meta }: RegisteredUnit<'executor'>, given: readonly string[]): object {
  const shape = meta.settings ?? NothingToSet;
  const values = new Map<string, unknown>();
  for (const setting of given.flatMap(partsOf)) {
    const [, name, text] = /^\s*([^=\s]+)\s*=(.*)$/s.exec(setting) ?? [];
    if (name === undefined || text === undefined) {
      const problem = `--set-executor "${setting}" is not of the form name=value, such as partition=cpu.`;
      throw zooError('usage', { problem, command: `zoo show ${id}` });
    }
    const kind = kindOf(shape, name);
    const before = (values.get(name) as readonly string[] | undefined) ?? [];
    values.set(name, kind === 'list' ? [...before, text] : valueOf(text, kind));
  }
  return validated(shape as new () => object, Object.fromEntries(values), { place: `--set-executor (${id})` });
}

/** A comma separates where a name and "=" follow it: others belong to the value, as in exclude=n1,n2. */
const partsOf = (text: string): string[] => text.split(/,(?=\s*[A-Za-z]\w*=)/);

type Kind = 'list' | 'number' | 'flag' | 'text';
const kinds: Readonly<Record<string, Kind>> = {
  isArray: 'list',
  isInt: 'number',
  isNumber: 'number',
  isPositive: 'number',
  isBoolean: 'flag',
};

/** Of the value that a class declares for a key; texts where it declares nothing. */
function kindOf(shape: new () => object, key: string): Kind {
  if (!knownKeys(shape).includes(key)) return 'text';
  const rules = getMetadataStorage().getTargetValidationMetadatas(shape, '', false, false);
  const found = rules.flatMap(({ propertyName, name = '' }) => (propertyName === key ? (kinds[name] ?? []) : []));
  return found.find((kind) => kind === 'list') ?? found[0] ?? 'text';
}

/** What is no number or flag stays a text, for validation to refuse with its words. */
function valueOf(text: string, kind: Kind): unknown {
  if (kind === 'number' && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  if (kind === 'flag' && ['true', 'false'].includes(text)) return text === 'true';
  return text;
}
