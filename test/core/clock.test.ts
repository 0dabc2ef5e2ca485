import { systemClock } from '../../src/core/clock';

test('milliseconds never run backwards', () => {
  let last = systemClock.milliseconds();
  for (let i = 0; i < 1000; i++) {
    const now = systemClock.milliseconds();
    expect(now).toBeGreaterThanOrEqual(last);
    last = now;
  }
});

test('the timestamp is ISO 8601 in universal time', () => {
  const timestamp = systemClock.timestamp();
  expect(new Date(timestamp).toISOString()).toBe(timestamp);
});
