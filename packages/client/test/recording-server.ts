// A real HTTP server that writes down what it is asked and answers as a test says.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Clock } from '../src/http/retry.ts';
import { RidgelineClient } from '../src/ridgeline-client.ts';

export const testToken = 'step-token-5f1d';

export interface RecordedRequest {
  readonly method: string;
  /** Path and query, as they came. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export type Answer = (response: ServerResponse, request: RecordedRequest) => void;

/** A JSON answer. */
export function json(value: unknown, status = 200): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
}

/** A plain answer. */
export function text(content: string | Buffer, status = 200, headers = {}): Answer {
  return (response) => response.writeHead(status, headers).end(content);
}

/** A connection that breaks before the answer. */
export const hangUp: Answer = (response) => response.destroy();

/** A connection that breaks in the middle of the answer. */
export const breakOff: Answer = (response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"half":', () => response.destroy());
};

export class RecordingServer {
  readonly requests: RecordedRequest[] = [];
  readonly #answers: Answer[] = [];
  readonly #server: Server;
  #port = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(port = 0): Promise<RecordingServer> {
    const server = createServer((request, response) => void recorder.#take(request, response));
    const recorder = new RecordingServer(server);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    recorder.#port = (server.address() as AddressInfo).port;
    return recorder;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The next answers, in order; the last one given is repeated for ever. */
  answer(...answers: readonly Answer[]): void {
    this.#answers.splice(0, this.#answers.length, ...answers);
  }

  /** The bodies of the requests so far, read as JSON. */
  get jsonBodies(): unknown[] {
    return this.requests.map(({ body }) => JSON.parse(body.toString('utf8')));
  }

  /** A line each: `GET /api/v1/jobs/1`. */
  get lines(): string[] {
    return this.requests.map(({ method, url }) => `${method} ${url}`);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const body = await buffer(request).catch(() => Buffer.alloc(0));
    const recorded = { method, url, headers, body };
    this.requests.push(recorded);
    const answer = this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0];
    (answer ?? json({}))(response, recorded);
  }
}

/** A clock that stands still while nobody sleeps, and writes down every sleep. */
export class FakeClock implements Clock {
  readonly sleeps: number[] = [];
  #now = 0;

  now(): number {
    return this.#now;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.sleeps.push(ms);
    this.#now += ms;
  }

  random(): number {
    return 1;
  }
}

export function testClient(url: string, clock: Clock = new FakeClock()): RidgelineClient {
  return new RidgelineClient({ url, token: testToken, clock });
}
