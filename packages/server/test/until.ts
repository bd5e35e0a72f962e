// Waits for what a test needs, by asking again and again.
import { setTimeout as delay } from 'node:timers/promises';

const giveUpMs = 30_000;

/** What `ask` gives once it gives something. */
export async function until<T>(what: string, ask: () => Promise<T | null>): Promise<T> {
  const deadline = performance.now() + giveUpMs;
  for (;;) {
    const found = await ask();
    if (found !== null) return found;
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await delay(20);
  }
}
