import { Reader } from 'protobufjs/minimal';

/** A number of an event file. */
export interface ReadScalar {
  readonly step: number;
  readonly name: string;
  readonly value: number;
}

/** A file of TensorBoard read back: frames by their lengths, messages field by field. */
export function readEvents(file: Buffer): { version: string | undefined; scalars: ReadScalar[]; seconds: number[] } {
  const scalars: ReadScalar[] = [];
  const seconds: number[] = [];
  let version: string | undefined;
  for (let at = 0; at < file.length;) {
    const length = Number(file.readBigUInt64LE(at));
    const event = fieldsOf(file.subarray(at + 12, at + 12 + length));
    at += 12 + length + 4;
    seconds.push(event.get(1)![0] as number);
    version ??= event.has(3) ? Buffer.from(event.get(3)![0] as Uint8Array).toString() : undefined;
    for (const summary of event.get(5) ?? [])
      for (const value of fieldsOf(summary as Uint8Array).get(1) ?? []) {
        const fields = fieldsOf(value as Uint8Array);
        const name = Buffer.from(fields.get(1)![0] as Uint8Array).toString();
        scalars.push({ step: Number(event.get(2)?.[0] ?? 0), name, value: fields.get(2)![0] as number });
      }
  }
  return { version, scalars, seconds };
}

/** Values of a message by field number. */
function fieldsOf(message: Uint8Array): Map<number, (number | Uint8Array)[]> {
  const reader = Reader.create(message);
  const fields = new Map<number, (number | Uint8Array)[]>();
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    const read = {
      0: () => Number(reader.int64()),
      1: () => reader.double(),
      2: () => reader.bytes(),
      5: () => reader.float(),
    }[tag & 7]!;
    fields.set(tag >>> 3, [...(fields.get(tag >>> 3) ?? []), read()]);
  }
  return fields;
}
