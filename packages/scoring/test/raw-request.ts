// Sends bytes as they are, for requests that no HTTP client would make.

import { connect, type Socket } from 'node:net';

/** Opens a connection, sends each piece in turn and resolves with all that came back. */
export async function sendRaw(
  port: number,
  pieces: readonly (string | Uint8Array)[],
): Promise<string> {
  const socket = await openSocket(port);
  const answer = readAll(socket);
  for (const piece of pieces) {
    if (socket.destroyed) break;
    await new Promise<void>((resolve) => socket.write(piece, () => resolve()));
  }
  return answer;
}

export async function openSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve).once('error', reject);
  });
  return socket;
}

/** All bytes until the other side ends or breaks the connection. */
export function readAll(socket: Socket): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    socket.setEncoding('utf8').on('data', (piece) => {
      text += piece;
    });
    socket.on('error', () => undefined).once('close', () => resolve(text));
  });
}

/** The head of a POST to /score, with `Connection: close` so that the answer has an end. */
export function scoreHead(headers: readonly string[]): string {
  const lines = ['POST /score HTTP/1.1', 'Host: x', 'Connection: close', ...headers];
  return `${lines.join('\r\n')}\r\n\r\n`;
}
