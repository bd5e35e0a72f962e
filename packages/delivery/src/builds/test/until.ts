// Waiting for what is to happen, without a word on how long it takes.
import { setTimeout as delay } from 'node:timers/promises';

/** Far longer than anything takes, on a machine that is busy with something else. */
const patienceMs = 25_000;

/** Resolves with the first answer that is neither null, undefined nor false. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
): Promise<T> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await delay(15)) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
  }
  throw new Error(`waited in vain until ${what}`);
}
