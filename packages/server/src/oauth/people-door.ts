// The way between the HTTP framework and the library that serves the people's sign-in: each has its
// own idea of a request.
import { IncomingMessage } from 'node:http';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import type { Authority } from './authority.ts';
import { pageHeaders } from './sign-in/page.ts';

export class PeopleDoor {
  readonly #authority: Authority;
  readonly #log: FastifyBaseLogger;
  #provider: { readonly madeOf: string; readonly provider: Provider } | null = null;

  constructor(authority: Authority, log: FastifyBaseLogger) {
    this.#authority = authority;
    this.#log = log;
  }

  /** Made anew when the key that signs is another; what it remembers is in the workspace. */
  async provider(): Promise<Provider> {
    const keys = await this.#authority.keys.published();
    const madeOf = [this.#authority.issuer, ...keys.map(({ kid }) => kid)].join(' ');
    if (this.#provider?.madeOf !== madeOf) {
      // The library is loaded when the first person signs in: most servers start without.
      const { peopleProvider } = await import('./people-provider.ts');
      const provider = peopleProvider(this.#authority, keys, (error) =>
        this.#log.error({ err: error }, 'a sign-in failed'),
      );
      this.#provider = { madeOf, provider };
    }
    return this.#provider.provider;
  }

  /** Lets the library answer. The body, if there is one, has been read into `request.body`. */
  async answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const provider = await this.provider();
    reply.hijack();
    for (const [name, value] of Object.entries(pageHeaders)) reply.raw.setHeader(name, value);
    const message = this.#message(request);
    await provider.callback()(message, reply.raw);
  }

  /** The request as the library wants it: its body unread, its address below the tenant's. */
  #message({ raw, body }: FastifyRequest): IncomingMessage {
    const message = new IncomingMessage(raw.socket);
    const originalUrl = raw.url ?? '/';
    const url = originalUrl.replace(/^\/[^/?]+/, '');
    Object.assign(message, { method: raw.method, url, originalUrl, headers: this.headers(raw) });
    if (Buffer.isBuffer(body)) message.push(body);
    message.push(null);
    // Else its end would be taken for the caller's hanging up.
    message.complete = true;
    return message;
  }

  /** What a proxy says of the way is not believed; the server knows its own address. */
  headers({
    headers,
  }: {
    readonly headers: IncomingMessage['headers'];
  }): IncomingMessage['headers'] {
    const kept = Object.entries(headers).filter(([name]) => !name.startsWith('x-forwarded-'));
    const { protocol, host } = new URL(this.#authority.publicUrl);
    const isPublic = headers.host === host;
    return {
      ...Object.fromEntries(kept),
      'x-forwarded-proto': isPublic ? protocol.slice(0, -1) : 'http',
    };
  }
}
