// Tries to sign in to a container registry, as its protocol has it: by user and password, or with
// those at the service that the registry sends one to for a token.
import { connectionValue, type ServiceConnection } from '@ridgeline/azure-pipelines';
import { SignInRefused } from './azure-token.ts';
import { probe } from './probe.ts';
import type { CheckOutcome } from './try-connection.ts';

/** @throws SignInRefused, Unreachable */
export async function tryRegistry(
  connection: ServiceConnection,
  scheme: string,
): Promise<CheckOutcome> {
  const url = new URL('/v2/', connection.url);
  const headers: Record<string, string> =
    scheme === 'none' ? {} : { authorization: basic(connection) };
  const answer = await probe({ url: url.href, headers });
  if (answer.status === 200) return { status: 'Passed', message: `${url.host} signs it in` };
  const tokenUrl = tokenService(answer.headers['www-authenticate']);
  if (answer.status !== 401)
    throw new SignInRefused(
      `${url.host} answers with ${answer.status}: is that the address of a container registry?`,
    );
  if (tokenUrl === null) throw refused(url.host);
  assertSafe(url, tokenUrl);
  const { status } = await probe({ url: tokenUrl.href, headers });
  if (status !== 200) throw refused(tokenUrl.host);
  return { status: 'Passed', message: `${tokenUrl.host} signs it in to ${url.host}` };
}

function refused(host: string): SignInRefused {
  return new SignInRefused(`${host} refuses its username and password`);
}

function basic(connection: ServiceConnection): string {
  const part = (name: string) => connectionValue(connection, name) ?? '';
  return `Basic ${Buffer.from(`${part('username')}:${part('password')}`).toString('base64')}`;
}

/** `Bearer realm="https://auth.example/token",service="registry.example"` */
function tokenService(challenge: string | undefined): URL | null {
  const realm = /^Bearer\s.*\brealm="([^"]{1,2000})"/i.exec(challenge ?? '')?.[1];
  const url = realm === undefined ? null : URL.parse(realm);
  const service = /\bservice="([^"]{1,2000})"/i.exec(challenge ?? '')?.[1];
  if (service !== undefined) url?.searchParams.set('service', service);
  return url;
}

/** A registry over a safe line must not make the password go over an open one. */
function assertSafe(registry: URL, { protocol, host }: URL): void {
  if (protocol === 'https:' || (protocol === 'http:' && registry.protocol === 'http:')) return;
  throw new SignInRefused(
    `${registry.host} asks to sign in at ${host} over ${protocol}, which is not done`,
  );
}
