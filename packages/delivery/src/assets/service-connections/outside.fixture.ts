// A system outside, on this machine: a server that answers as the test says, and remembers what it was
// asked.
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface OutsideRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface OutsideAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Outside {
  readonly url: string;
  readonly requests: readonly OutsideRequest[];
}

export async function outside(
  answer: (request: OutsideRequest, url: string) => OutsideAnswer,
): Promise<Outside> {
  const requests: OutsideRequest[] = [];
  const server = createServer(async (message, response) => {
    const request = await read(message);
    requests.push(request);
    const { status, headers = {}, body = {} } = answer(request, urlOf());
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: urlOf(), requests };

  function urlOf(): string {
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  }
}

async function read(message: IncomingMessage): Promise<OutsideRequest> {
  const { method = '', url: path = '', headers } = message;
  return { method, path, authorization: headers.authorization, body: await text(message) };
}
