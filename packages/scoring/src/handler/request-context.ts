// Knows which request the running code works for, so that a line printed by a script can name it.

import { AsyncLocalStorage } from 'node:async_hooks';

/** Stands for "no request": lines printed while a script is imported or initialised. */
export const noRequestId = '00000000-0000-0000-0000-000000000000';

const storage = new AsyncLocalStorage<string>();

export function runInRequest<T>(requestId: string, work: () => T): T {
  return storage.run(requestId, work);
}

export function currentRequestId(): string {
  return storage.getStore() ?? noRequestId;
}
