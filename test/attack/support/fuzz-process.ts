import 'reflect-metadata';
import { fuzz } from './fuzz';

/** Entry of a process that tries inputs, and tells the main one before and after each: it may hang. */
const [folder, seed, first] = process.argv.slice(2) as [string, string, string];
process.on('disconnect', () => process.exit(0));

async function goOn(): Promise<void> {
  for (let at = Number(first); process.connected; at++) {
    process.send!({ at });
    const finding = await fuzz(folder, Number(seed), at).catch((error: unknown) => ({
      ...{ kind: 'any', problem: 'unexpected', input: '' },
      told: String((error as Error).stack),
    }));
    if (finding) process.send!({ at, finding });
    await new Promise((resolve) => setImmediate(resolve));
  }
}
void goOn();
