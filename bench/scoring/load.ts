// A load generator for one scoring server: each connection sends a request when the last is answered.
// Speaks HTTP by hand, so that the client's own work does not hide the server's.

import { connect, type Socket } from 'node:net';

export interface Load {
  readonly port: number;
  readonly body: string;
  readonly connectionCount: number;
  readonly durationMs: number;
}

export interface LoadResult {
  readonly requestsPerSecond: number;
  /** Latencies in milliseconds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Throws when an answer is not 200. */
export async function measureLoad(load: Load): Promise<LoadResult> {
  const endAt = performance.now() + load.durationMs;
  const workers = Array.from({ length: load.connectionCount }, () => runConnection(load, endAt));
  const latencies = Float64Array.from((await Promise.all(workers)).flat()).sort();
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
  return {
    requestsPerSecond: (latencies.length / load.durationMs) * 1000,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
  };
}

function runConnection({ port, body }: Load, endAt: number): Promise<number[]> {
  const request = Buffer.from(
    `POST /score HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const latencies: number[] = [];
  return new Promise((resolve, reject) => {
    let sentAt = 0;
    const send = (): void => {
      sentAt = performance.now();
      socket.write(request);
    };
    socket.once('connect', send).once('error', reject);
    onAnswers(socket, (status) => {
      if (status !== '200') reject(new Error(`a request was answered with ${status}`));
      latencies.push(performance.now() - sentAt);
      if (performance.now() < endAt) return send();
      socket.destroy();
      resolve(latencies);
    });
  });
}

function onAnswers(socket: Socket, answered: (status: string) => void): void {
  let text = '';
  socket.setEncoding('latin1').on('data', (piece) => {
    text += piece;
    const headEnd = text.indexOf('\r\n\r\n');
    if (headEnd === -1) return;
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1]);
    if (text.length < headEnd + 4 + length) return;
    const status = text.slice(9, 12);
    text = '';
    answered(status);
  });
}
