// The open connections of a server and which of them are at work, so that a stopping server can
// close the others. Node's own closeIdleConnections() leaves those that never sent a request.

import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export class Connections {
  readonly #open = new Set<Socket>();
  // By answer, since a caller may send its next request before the last one is answered.
  readonly #work = new Map<ServerResponse, Socket>();

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.#open.add(socket);
      socket.once('close', () => this.#open.delete(socket));
    });
  }

  /** Call as a request arrives; its connection is at work until the answer is out. */
  begin(socket: Socket, response: ServerResponse): void {
    this.#work.set(response, socket);
    response.once('close', () => this.#work.delete(response));
  }

  closeIdle(): void {
    const working = new Set(this.#work.values());
    for (const socket of this.#open) {
      if (!working.has(socket)) socket.destroy();
    }
  }
}
