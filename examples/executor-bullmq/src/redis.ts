import { Redis } from 'ioredis';

/** An error as the zoo shows it: what happened, and what to try. */
export class RedisError extends Error {
  readonly code = 'redis-unreachable';
  readonly nearest: readonly string[] = [];

  constructor(
    readonly what: string,
    readonly remedy: string,
  ) {
    super(`${what}\n${remedy}`);
  }
}

/** An address as it may be shown: without user and password. */
export function shown(address: string): string {
  try {
    const { protocol, host, pathname } = new URL(address);
    return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
  } catch {
    return 'an address that is no URL';
  }
}

/** What an error says, without any part of the address that could be a secret. */
function reasonOf(error: unknown, address: string): string {
  const { message, errors } = error as AggregateError;
  const text = message || (errors?.[0] as Error | undefined)?.message || String(error);
  const { username, password } = new URL(address);
  return [address, password, decodeURIComponent(password), username]
    .filter(Boolean)
    .reduce((cleaned, secret) => cleaned.replaceAll(secret, '***'), text)
    .replace(/\.+$/, '');
}

const secondsToConnect = 10;

/**
 * A connection that answers now, and that is made anew for as long as it takes whenever it breaks later.
 * @throws RedisError where Redis does not answer
 */
export async function connect(address: string): Promise<Redis> {
  const isAddress = URL.canParse(address) && /^rediss?:$/.test(new URL(address).protocol);
  if (!isAddress)
    throw new RedisError(
      `The address of Redis is ${shown(address)}.`,
      'Name one such as redis://host:6379 or rediss://host:6379/2.',
    );
  const probe = new Redis(address, {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: secondsToConnect * 1000,
    maxRetriesPerRequest: 0,
  });
  let reason: unknown;
  probe.on('error', (error) => (reason ??= error));
  try {
    await probe.connect();
    await probe.ping();
  } catch (error) {
    throw new RedisError(
      `Redis at ${shown(address)} does not answer: ${reasonOf(reason ?? error, address)}.`,
      'Is it running, is the address right (ZOO_REDIS, or redis=...), and does it need a password?',
    );
  } finally {
    if (probe.status !== 'end') probe.disconnect(); // one that has ended would keep the process for two seconds
  }
  // BullMQ waits on these for longer than any number of attempts.
  const redis = new Redis(address, { maxRetriesPerRequest: null });
  redis.on('error', () => {}); // it connects again; without a listener the process would end
  return redis;
}
