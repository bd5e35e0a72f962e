// Stops a server without failing a request that it has accepted.

import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { Connections } from './connections.ts';

const graceMs = 1000;
const sweepMs = 50;

/** Resolves when the last answer is out and every connection is closed. */
export async function drain(server: Server, connections: Connections): Promise<void> {
  const state = { isClosed: false };
  // http.Server.close() would close idle connections at once, and a request may be on its way on
  // one of them. So only the listening stops here; whoever still sends is answered with
  // `Connection: close`, and only what stays silent over the grace time is closed.
  const closed = new Promise<void>((resolve) => {
    NetServer.prototype.close.call(server, () => {
      state.isClosed = true;
      resolve();
    });
  });
  await Promise.race([closed, delay(graceMs)]);
  while (!state.isClosed) {
    // Between a timer and the next turn Node reads what has arrived, which may be a request.
    await nextTurn();
    connections.closeIdle();
    await Promise.race([closed, delay(sweepMs)]);
  }
  // Ends the http layer's own timer; the server no longer listens, which it reports as an error.
  server.close(() => undefined);
}
