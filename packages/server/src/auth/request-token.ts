// The token of a request: a bearer token, or the password of basic auth, as MLflow's clients send it.
// A sample in Azure's documents calls the scheme `Token`.

/** @param authorization the Authorization header; null where it holds no token. */
export function requestToken(authorization: string | undefined): string | null {
  const [, scheme = '', value = ''] = /^(\S+) +(\S+) *$/.exec(authorization ?? '') ?? [];
  switch (scheme.toLowerCase()) {
    case 'bearer':
    case 'token':
      return value;
    case 'basic':
      return basicPassword(value);
    default:
      return null;
  }
}

function basicPassword(encoded: string): string | null {
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon === -1 ? null : decoded.slice(colon + 1);
}
