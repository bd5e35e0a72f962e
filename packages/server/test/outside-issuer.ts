// An issuer of tokens that is not ours: with metadata and keys over HTTP, and a hand that signs whatever
// a test wants to see refused.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export class OutsideIssuer {
  readonly issuer: string;
  /** What is asked of it, in order. */
  readonly requests: string[];
  /** Whether it answers at all. */
  isUp = true;
  readonly #server: Server;
  readonly #jwks: JWK[] = [];
  #key: CryptoKey | null = null;

  private constructor(server: Server, issuer: string, requests: string[]) {
    this.#server = server;
    this.issuer = issuer;
    this.requests = requests;
  }

  static async open(): Promise<OutsideIssuer> {
    const requests: string[] = [];
    const server = createServer((request, response) => {
      requests.push(request.url ?? '');
      if (!opened.isUp) return response.writeHead(503).end();
      response.setHeader('content-type', 'application/json');
      return response.end(JSON.stringify(opened.#document(request.url ?? '')));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const opened = new OutsideIssuer(server, `http://127.0.0.1:${port}/tenant`, requests);
    await opened.rotate();
    return opened;
  }

  /** Signs with a new key from now on; the ones before stay published. */
  async rotate(): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const kid = `key-${this.#jwks.length}`;
    this.#jwks.push({ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' });
    this.#key = privateKey;
  }

  get publicKey(): JWK {
    return this.#jwks.at(-1) ?? {};
  }

  /** @param claims over those of a good token; undefined leaves one out. */
  async sign(
    claims: object = {},
    header: object = {},
    key?: CryptoKey | Uint8Array,
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const good = { iss: this.issuer, aud: 'api://lab', tid: 'tenant', oid: 'object-1' };
    const times = { iat: now, nbf: now, exp: now + 300 };
    const payload = { ...good, ...times, roles: ['Lab.Worker'], ...claims };
    const kid = this.publicKey.kid ?? '';
    const signer = key ?? this.#key;
    if (signer === null) throw new Error('there is no key yet');
    return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid, ...header }).sign(signer);
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #document(url: string): object {
    if (url === '/tenant/keys') return { keys: this.#jwks };
    return { issuer: this.issuer, jwks_uri: `${this.issuer}/keys` };
  }
}
