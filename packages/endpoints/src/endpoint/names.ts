// The rule for names of endpoints and deployments (Azure ML's). A name that passes is safe as a
// folder name and in a URL.

import { EndpointError } from '../errors.ts';

const namePattern = /^[A-Za-z][A-Za-z0-9-]{2,31}$/;
const rule = 'it needs 3 to 32 characters: a letter first, then letters, digits and hyphens only';

/** Throws ENDPOINT_NAME_INVALID unless `name` has 3 to 32 letters, digits or hyphens, letter first. */
export function checkEndpointName(name: string): void {
  if (namePattern.test(name)) return;
  throw new EndpointError(
    'ENDPOINT_NAME_INVALID',
    `endpoint name ${quoted(name)} is not allowed: ${rule}`,
  );
}

/** Throws DEPLOYMENT_NAME_INVALID; the rule is that of endpoint names. */
export function checkDeploymentName(name: string): void {
  if (namePattern.test(name)) return;
  throw new EndpointError(
    'DEPLOYMENT_NAME_INVALID',
    `deployment name ${quoted(name)} is not allowed: ${rule}`,
  );
}

/** A value for a message: JSON-quoted, so that control characters show, and cut at 64 characters. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : String(value);
  return JSON.stringify(text.length > 64 ? `${text.slice(0, 64)}…` : text);
}
