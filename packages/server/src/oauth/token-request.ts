// The body of a request for a token: a form, each of whose names stands there once.
import { missing } from './client-proof.ts';
import { OAuthError } from './oauth-error.ts';

export type TokenForm = ReadonlyMap<string, string>;

/** @throws OAuthError INVALID_REQUEST */
export function parseForm(body: unknown): TokenForm {
  if (!Buffer.isBuffer(body)) {
    const message =
      "The request body must be a form: 'Content-Type: application/x-www-form-urlencoded'.";
    throw new OAuthError('INVALID_REQUEST', message);
  }
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    if (form.has(name)) {
      throw new OAuthError(
        'INVALID_REQUEST',
        'A parameter of the request body stands there twice.',
      );
    }
    form.set(name, value);
  }
  return form;
}

/** @throws OAuthError INVALID_REQUEST */
export function required(form: TokenForm, name: string): string {
  const value = form.get(name);
  if (value === undefined || value === '') throw missing(name);
  return value;
}
