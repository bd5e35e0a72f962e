// Where an outside issuer has its keys, by its own metadata (OpenID Connect Discovery).
import { ServerError } from '../errors/server-error.ts';

const maxBytes = 256 * 1024;

/** @throws ServerError ISSUER_UNAVAILABLE */
export async function jwksUriOf(issuer: string, timeoutMs: number): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const answer = await fetch(url, {
      // Elsewhere may be anywhere, also inside this network.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: 'application/json' },
    });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return checkedUri(issuer, JSON.parse(await limitedText(answer)));
  } catch (error) {
    const message = `the metadata of the issuer cannot be used: ${url}: ${(error as Error).message}; name its keys with --jwks-uri if it has none there`;
    throw new ServerError('ISSUER_UNAVAILABLE', message, { cause: error });
  }
}

async function limitedText({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    length += piece.length;
    if (length > maxBytes) throw new Error(`it has more than ${maxBytes} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function checkedUri(issuer: string, document: { issuer?: unknown; jwks_uri?: unknown }): string {
  if (document.issuer !== issuer) throw new Error('it is of another issuer');
  const uri = URL.parse(String(document.jwks_uri));
  const isPlainToo = uri?.protocol === 'http:' && issuer.startsWith('http:');
  if (uri === null || (uri.protocol !== 'https:' && !isPlainToo)) {
    throw new Error("its 'jwks_uri' is no https:// address");
  }
  return uri.href;
}
