// For whom a token is: the resource that a client names, which must be this server under one of its
// names. Azure's are among them, so that scripts need not change what they ask for.
import { OAuthError } from './oauth-error.ts';

const azureResources: readonly string[] = [
  'https://management.azure.com',
  'https://management.core.windows.net',
  'https://ml.azure.com',
];

/** All that may stand in `aud`, without a slash at the end. */
export function ownAudiences(publicUrl: string, tenantId: string): readonly string[] {
  return [publicUrl, 'api://ridgeline', `api://${tenantId}`, ...azureResources];
}

/**
 * @param scope such as `https://management.azure.com/.default`.
 * @throws OAuthError SCOPE_INVALID, RESOURCE_UNKNOWN
 */
export function resourceOfScope(scope: string, audiences: readonly string[]): string {
  const [, resource] = /^(\S+)\/\.default$/.exec(scope) ?? [];
  if (resource === undefined) {
    const message = `The provided value for the input parameter 'scope' is not valid: it must be one resource with '/.default' at its end, such as '${audiences[0]}/.default'.`;
    throw new OAuthError('SCOPE_INVALID', message);
  }
  return knownResource(resource, audiences);
}

/** The resource as it was written. @throws OAuthError RESOURCE_UNKNOWN */
export function knownResource(resource: string, audiences: readonly string[]): string {
  if (audiences.includes(withoutSlash(resource))) return resource;
  const message = `The resource was not found in this tenant; this server is ${audiences.join(', ')}.`;
  throw new OAuthError('RESOURCE_UNKNOWN', message);
}

/** Whether a token that is for `audience` is for this server. */
export function isOwnAudience(audience: unknown, audiences: readonly string[]): boolean {
  const named = Array.isArray(audience) ? audience : [audience];
  return named.some((one) => typeof one === 'string' && audiences.includes(withoutSlash(one)));
}

function withoutSlash(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text;
}
