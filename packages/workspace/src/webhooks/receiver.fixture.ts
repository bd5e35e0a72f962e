// For tests: a real server that takes what webhooks send, and answers as it is told.
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export class Receiver {
  readonly received: Received[] = [];
  /** One for each request in turn, then 200 for all. `null` never answers. */
  readonly answers: (Answer | null)[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', async (request, response) => {
      const body = await text(request);
      receiver.received.push({ path: request.url ?? '', headers: request.headers, body });
      const next = receiver.answers.shift();
      if (next === null) return;
      response.writeHead(next?.status ?? 200, next?.headers).end(next?.body ?? 'taken');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  /** The events in the order in which they came in, such as `registered_model.created m`. */
  get events(): readonly string[] {
    return this.received.map(({ body }) => {
      const { entity, action, data } = JSON.parse(body);
      return `${entity}.${action} ${data.name}`;
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
