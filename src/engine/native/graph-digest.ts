import { createHash } from 'node:crypto';
import type { Attribute, Graph, Value } from '../ir/graph';

/**
 * SHA-256 of what a graph computes, in hexadecimal: operators, attributes, shapes, types, content of constants, and what
 * goes where. Labels and origins, which only messages name, do not count.
 */
export function graphDigest({ inputs, outputs, nodes }: Graph): string {
  const hash = createHash('sha256');
  const numbers = new Map<Value, number>();
  const lines: string[] = [];
  const define = (value: Value): string => {
    numbers.set(value, numbers.size);
    return `${value.dtype}[${value.shape.join()}]`;
  };
  const use = (value: Value | null): string => {
    if (value === null) return '-';
    if (!numbers.has(value) && value.source.kind === 'constant') {
      const { content } = value.source;
      lines.push(`constant ${define(value)} ${'fill' in content ? numeral(content.fill) : ''}`);
      if ('data' in content) lines.push(digestOf(content.data));
    }
    return String(numbers.get(value));
  };
  lines.push(`inputs ${inputs.map(define).join(' ')}`);
  for (const { operator, domain, inputs: given, outputs: results, attributes } of nodes) {
    const used = given.map(use).join(' ');
    lines.push(`${domain}:${operator} ${attributesText(attributes)} ${used} > ${results.map(define).join(' ')}`);
  }
  lines.push(`outputs ${outputs.map(use).join(' ')}`);
  return hash.update(lines.join('\n')).digest('hex');
}

const digestOf = ({ buffer, byteOffset, byteLength }: NodeJS.ArrayBufferView): string =>
  createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');

/** JSON has neither infinities nor the sign of zero. */
const numeral = (number: number): string => (Object.is(number, -0) ? '-0' : String(number));

function attributesText(attributes: Readonly<Record<string, Attribute>>): string {
  const texts = Object.entries(attributes).map(([name, value]) => `${name}=${attributeText(value)}`);
  return `{${texts.join()}}`;
}

function attributeText(value: Attribute): string {
  if (typeof value === 'number') return numeral(value);
  if (typeof value === 'string') return JSON.stringify(value);
  return 'float' in value ? `float ${numeral(value.float)}` : `[${value.map(numeral).join()}]`;
}
