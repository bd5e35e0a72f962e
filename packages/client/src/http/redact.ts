// Keeps tokens out of errors. A server, or a proxy before it, may echo what it was sent, and an
// error's text ends up in logs.

import { ApiError } from '../errors.ts';

/** The same error, with `***` wherever the token stood. */
export function withoutSecret(error: unknown, token: string): unknown {
  if (!(error instanceof ApiError) || token === '') return error;
  const told = JSON.stringify([error.code, error.message, error.details]);
  if (!told.includes(JSON.stringify(token).slice(1, -1))) return error;
  return new ApiError({
    code: error.code.replaceAll(token, '***'),
    status: error.status,
    message: error.message.replaceAll(token, '***'),
    details: redact(error.details, token),
  });
}

function redact(value: unknown, token: string): unknown {
  if (typeof value === 'string') return value.replaceAll(token, '***');
  if (Array.isArray(value)) return value.map((item) => redact(item, token));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.replaceAll(token, '***'), redact(item, token)]),
  );
}
