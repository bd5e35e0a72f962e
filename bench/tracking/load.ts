// A load generator for one tracking server: each connection sends a request when the last is answered.
// Speaks HTTP by hand, so that the client's own work does not hide the server's.
import { connect } from 'node:net';

export interface Target {
  readonly port: number;
  /** Null where the server asks for none. */
  readonly token: string | null;
}

export interface Load extends Target {
  readonly path: string;
  /** The body of a request, which may be another each time. */
  readonly body: () => string;
  readonly connections: number;
  readonly durationMs: number;
  /** How long one call may take, or AnswerTimeout is thrown; default: as long as it likes. */
  readonly limitMs?: number;
}

export class AnswerTimeout extends Error {}

export interface LoadResult {
  readonly callsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/** Throws when an answer is not 200. */
export async function measureLoad(load: Load): Promise<LoadResult> {
  const startedAt = performance.now();
  const endAt = startedAt + load.durationMs;
  const loops = Array.from({ length: load.connections }, () => callUntil(load, endAt));
  const latencies = Float64Array.from((await Promise.all(loops)).flat()).sort();
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
  const seconds = (performance.now() - startedAt) / 1000;
  return { callsPerSecond: latencies.length / seconds, p50: at(0.5), p99: at(0.99) };
}

async function callUntil(load: Load, endAt: number): Promise<number[]> {
  const latencies: number[] = [];
  await using connection = await Connection.open(load);
  while (performance.now() < endAt) {
    const sentAt = performance.now();
    await withinLimit(connection.call(load.path, load.body()), load.limitMs);
    latencies.push(performance.now() - sentAt);
  }
  return latencies;
}

async function withinLimit<T>(answer: Promise<T>, limitMs: number | undefined): Promise<T> {
  if (limitMs === undefined) return answer;
  const timedOut = Promise.withResolvers<never>();
  const timer = setTimeout(() => timedOut.reject(new AnswerTimeout()), limitMs);
  return Promise.race([answer, timedOut.promise]).finally(() => clearTimeout(timer));
}

/** One connection that is kept open. */
export class Connection {
  readonly #target: Target;
  readonly #socket: ReturnType<typeof connect>;
  #text = '';
  #answered: PromiseWithResolvers<string> = Promise.withResolvers();

  private constructor(target: Target) {
    this.#target = target;
    this.#socket = connect({ port: target.port, host: '127.0.0.1', noDelay: true });
    this.#socket.setEncoding('utf8');
    this.#socket.on('data', (piece) => this.#take(String(piece)));
    this.#socket.on('error', (error) => this.#answered.reject(error));
    this.#socket.on('close', () => this.#answered.reject(new Error('the server hung up')));
  }

  static async open(target: Target): Promise<Connection> {
    const connection = new Connection(target);
    // What is refused before the first call is told by that call.
    connection.#answered.promise.catch(() => undefined);
    return connection;
  }

  /** Gives the body of the answer. */
  async call(path: string, body: string): Promise<string> {
    this.#answered = Promise.withResolvers();
    const { token, port } = this.#target;
    const authorization = token === null ? '' : `Authorization: Bearer ${token}\r\n`;
    this.#socket.write(
      `POST /api/2.0/mlflow/${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${authorization}` +
        `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    const answer = await this.#answered.promise;
    if (!answer.startsWith('HTTP/1.1 200')) throw new Error(`${path}: ${answer.slice(0, 500)}`);
    return answer.slice(answer.indexOf('\r\n\r\n') + 4);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#answered.promise.catch(() => undefined);
    this.#socket.destroy();
  }

  #take(piece: string): void {
    this.#text += piece;
    const headEnd = this.#text.indexOf('\r\n\r\n');
    if (headEnd === -1) return;
    const length = Number(/content-length: (\d+)/i.exec(this.#text.slice(0, headEnd))?.[1]);
    // The length is in bytes: a body of other letters than ASCII has fewer characters.
    if (Buffer.byteLength(this.#text) < headEnd + 4 + length) return;
    const answer = this.#text;
    this.#text = '';
    this.#answered.resolve(answer);
  }
}
