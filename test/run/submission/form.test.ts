import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { ZooError } from '../../../src/core/errors';
import { limits, unpack } from '../../../src/run/submission/form';
import { pack } from '../../../src/run/submission/pack';

const lines = ['{"a":1}', '{"text":"é"}', ''];
const { content, digest } = pack(lines);
const whole = Buffer.from(content);

const codeOf = (bytes: Buffer): string => {
  try {
    unpack(bytes, 'x.zoo');
    return 'read';
  } catch (error) {
    if (error instanceof ZooError) return error.code;
    throw error;
  }
};
/** A file whose first line says so, around any content. */
function around(packed: Buffer, given: object = {}): Buffer {
  const digest = createHash('sha256').update(packed).digest('hex');
  const head = { form: 'chomsky-zoo submission', version: 1, bytes: 10, digest, ...given };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), packed]);
}

it('reads what it packed, and packs the same to the same bytes', () => {
  expect(unpack(whole, 'x.zoo')).toEqual({ digest, lines });
  expect(pack(lines)).toEqual({ content, digest });
  expect(digest).toBe('18f6ee8b287875482c03a4a75d8532075bd87fd1a0ee5f9af10ad9f5ad635e5f');
});

it('refuses a file of which any one byte is another, is missing, or is too many', () => {
  for (let at = 0; at < whole.length; at++)
    for (const bit of [1, 0x20, 0x80]) {
      const edited = Buffer.from(whole);
      edited[at]! ^= bit;
      expect([at, bit, codeOf(edited)]).toEqual([at, bit, expect.stringMatching(/^(not-a-submission|submission-)/)]);
    }
  for (let at = 0; at < whole.length; at++) {
    expect(codeOf(Buffer.concat([whole.subarray(0, at), whole.subarray(at + 1)]))).not.toBe('read');
    expect(codeOf(Buffer.concat([whole.subarray(0, at), Buffer.from(' '), whole.subarray(at)]))).not.toBe('read');
  }
  expect(codeOf(Buffer.concat([whole, Buffer.from('\n')]))).toBe('submission-damaged');
  expect(codeOf(Buffer.alloc(0))).toBe('not-a-submission');
});

it('unpacks no more than a file says, and nothing of one that says too much', () => {
  const bomb = gzipSync(Buffer.alloc(2 ** 24, 'x\n'));
  expect(bomb.length).toBeLessThan(2 ** 16);
  expect(() => unpack(around(bomb), 'x.zoo')).toThrow(/unpacks to more than the 10 bytes that it says/);
  expect(() => unpack(around(bomb, { bytes: limits.content + 1 }), 'x.zoo')).toThrow(/unpacked size of 128.0 MiB/);
  expect(() => unpack(around(bomb, { bytes: 2 ** 24 + 1 }), 'x.zoo')).toThrow(/unpacks to 16777216 bytes, not/);
  expect(() => unpack(around(bomb, { bytes: 2 ** 24 }), 'x.zoo')).toThrow(/a number of lines of more than/);
  expect(codeOf(Buffer.alloc(limits.file + 1))).toBe('submission-too-large');
});

it('says which form it does not know, and what cannot be unpacked', () => {
  expect(() => unpack(around(gzipSync('x'), { version: 2 }), 'x.zoo')).toThrow(/form 2, and this zoo reads form 1/);
  expect(() => unpack(around(Buffer.from('no gzip')), 'x.zoo')).toThrow(/cannot be unpacked/);
  expect(() => unpack(around(gzipSync('0123456789')), 'x.zoo')).toThrow(/its last line has no end/);
  expect(codeOf(around(gzipSync('012345678\n'), { more: 1 }))).toBe('submission-damaged');
});
