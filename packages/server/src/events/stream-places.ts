// How many may read events at once: a stream is cheap, and yet each takes a connection.
import type { FastifyReply } from 'fastify';
import { ServerError } from '../errors/server-error.ts';

const maxStreams = 500;
/** Of one person, service principal or token. */
const maxOfOne = 50;
const retryAfterSeconds = 10;

export class StreamPlaces {
  readonly #taken = new Map<string, number>();
  #count = 0;

  /** @returns what gives the place back. @throws ServerError TOO_MANY_STREAMS */
  take(name: string, reply: FastifyReply): () => void {
    const own = this.#taken.get(name) ?? 0;
    if (own >= maxOfOne || this.#count >= maxStreams) {
      reply.header('retry-after', retryAfterSeconds);
      const who = own >= maxOfOne ? `${name} reads ${own}` : `this server sends ${this.#count}`;
      const message = `${who} streams of events already; end some, or ask with wider filters for fewer`;
      throw new ServerError('TOO_MANY_STREAMS', message);
    }
    this.#change(name, 1);
    return () => this.#change(name, -1);
  }

  #change(name: string, by: 1 | -1): void {
    this.#count += by;
    const own = (this.#taken.get(name) ?? 0) + by;
    if (own === 0) this.#taken.delete(name);
    else this.#taken.set(name, own);
  }
}
