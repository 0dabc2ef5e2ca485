import fc from 'fast-check';
import { crc32c, firstEvent, framed, maskedChecksum, scalarsEvent } from '../../src/run/event-file';
import { readEvents } from '../support/event-files';

// RFC 3720, appendix B.4
test.each([
  ['32 zeros', Buffer.alloc(32), 0x8a9136aa],
  ['32 ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
  ['0 to 31', Buffer.from(Array.from({ length: 32 }, (_, at) => at)), 0x46dd794e],
  ['31 to 0', Buffer.from(Array.from({ length: 32 }, (_, at) => 31 - at)), 0x113fdb5c],
])('CRC-32C of %s', (_, data, expected) => expect(crc32c(data)).toBe(expected));

test('frames are byte for byte those of TensorFlow', () => {
  // tf.io.TFRecordWriter writing b"", and the first bytes of any file that SummaryWriter begins: a message of 24 bytes.
  expect(Buffer.from(framed(new Uint8Array())).toString('hex')).toBe('000000000000000029039807d8ea82a2');
  expect(
    Buffer.from(framed(new Uint8Array(24)))
      .subarray(0, 12)
      .toString('hex'),
  ).toBe('1800000000000000a37f4b22');
});

test('what is written is read back, with checksums that are right', () => {
  const name = fc.string({ minLength: 1, maxLength: 20 });
  const scalars = fc.dictionary(name, fc.float({ noNaN: true, noDefaultInfinity: true }), { minKeys: 1, maxKeys: 4 });
  const event = fc.record({ step: fc.nat({ max: 2 ** 40 }), seconds: fc.nat(), scalars });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 5 }), (events) => {
      const frames = [firstEvent(12.5), ...events.map(scalarsEvent)].map(framed);
      const read = readEvents(Buffer.concat(frames));
      expect(read.version).toBe('brain.Event:2');
      expect(read.seconds).toEqual([12.5, ...events.map(({ seconds }) => seconds)]);
      expect(read.scalars).toEqual(
        events.flatMap(({ step, scalars: given }) =>
          Object.entries(given).map(([key, value]) => ({ step, name: key, value: Object.is(value, -0) ? -0 : value })),
        ),
      );
      for (const frame of frames) {
        const [head, body] = [Buffer.from(frame).subarray(0, 8), Buffer.from(frame).subarray(12, -4)];
        expect(Buffer.from(frame).readUInt32LE(8)).toBe(maskedChecksum(head));
        expect(Buffer.from(frame).readUInt32LE(frame.length - 4)).toBe(maskedChecksum(body));
      }
    }),
    { seed: 5, numRuns: 40 },
  );
});
