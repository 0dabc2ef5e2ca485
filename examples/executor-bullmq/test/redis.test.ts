import { createServer, type AddressInfo } from 'node:net';
import { connect, shown } from '../src/redis';

test.each([
  ['redis://user:secret@host:6379/2', 'redis://host:6379/2'],
  ['rediss://:secret@host', 'rediss://host'],
  ['redis://localhost:6379/', 'redis://localhost:6379'],
  ['secret words', 'an address that is no URL'],
])('%s is shown as %s', (address, expected) => expect(shown(address)).toBe(expected));

test('an address that does not answer is an error that tells no secret', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const error = await connect(`redis://me:s3cret@127.0.0.1:${port}`).catch((error: Error) => error);
  expect(error).toMatchObject({ code: 'redis-unreachable', message: expect.stringContaining(`127.0.0.1:${port}`) });
  expect(JSON.stringify(error) + (error as Error).stack).not.toMatch(/s3cret/);
  await expect(connect('http://me:s3cret@host')).rejects.toThrow(/^The address of Redis is http:\/\/host\./);
});
