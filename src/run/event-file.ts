import { Writer } from 'protobufjs/minimal';

/**
 * Files of events as TensorBoard reads them: TFRecord frames (tensorflow/core/lib/io/record_writer.h) of messages `Event`
 * (tensorflow/core/util/event.proto).
 */

/** What a file begins with. `seconds` since 1970. */
export const firstEvent = (seconds: number): Uint8Array =>
  Writer.create().uint32(tag(1, double)).double(seconds).uint32(tag(3, bytes)).string('brain.Event:2').finish();

/** Numbers by name at a step. */
export function scalarsEvent(event: {
  readonly seconds: number;
  readonly step: number;
  readonly scalars: Readonly<Record<string, number>>;
}): Uint8Array {
  const writer = Writer.create().uint32(tag(1, double)).double(event.seconds).uint32(tag(2, varint)).int64(event.step);
  writer.uint32(tag(5, bytes)).fork(); // summary
  for (const [name, value] of Object.entries(event.scalars)) {
    writer.uint32(tag(1, bytes)).fork(); // value
    writer.uint32(tag(1, bytes)).string(name).uint32(tag(2, float)).float(value).ldelim();
  }
  return writer.ldelim().finish();
}

/** length (8 bytes) · its checksum · content · its checksum */
export function framed(content: Uint8Array): Uint8Array {
  const frame = Buffer.alloc(8 + 4 + content.length + 4);
  frame.writeBigUInt64LE(BigInt(content.length));
  frame.writeUInt32LE(maskedChecksum(frame.subarray(0, 8)), 8);
  frame.set(content, 12);
  frame.writeUInt32LE(maskedChecksum(content), 12 + content.length);
  return frame;
}

// Wire types of protocol buffers.
const [varint, double, bytes, float] = [0, 1, 2, 5] as const;
const tag = (field: number, type: number): number => (field << 3) | type;

/** rotated right by 15 bits, plus a constant: a checksum of data with checksums in it would be too regular */
export function maskedChecksum(data: Uint8Array): number {
  const checksum = crc32c(data);
  return (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0;
}

/** CRC-32C, Castagnoli polynomial (RFC 3720, appendix B.4), bits reversed. */
const castagnoli = 0x82f63b78;
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ castagnoli : value >>> 1;
  return value;
});

export function crc32c(data: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of data) value = (value >>> 8) ^ table[(value ^ byte) & 255]!;
  return (value ^ 0xffffffff) >>> 0;
}
