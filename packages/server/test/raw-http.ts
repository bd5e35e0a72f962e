// HTTP as bytes on a socket: what no client library would send.
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** @param lines of the head, without the empty line at its end. */
export async function rawRequest(
  url: string,
  lines: readonly string[],
  body: string | Buffer = '',
): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const [start, ...rest] = lines;
  const hasHost = rest.some((line) => line.toLowerCase().startsWith('host:'));
  const head = [start, ...(hasHost ? [] : [`Host: ${host}`]), ...rest, 'Connection: close'];
  socket.write(`${head.join('\r\n')}\r\n\r\n`, 'latin1');
  socket.write(body);
  return toAnswer(await text(socket));
}

function toAnswer(all: string): RawAnswer {
  const end = all.indexOf('\r\n\r\n');
  const head = end === -1 ? all : all.slice(0, end);
  return { status: Number(head.split(' ')[1]), head, body: end === -1 ? '' : all.slice(end + 4) };
}
