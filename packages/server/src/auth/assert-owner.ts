// For what only an owner may do on a route that is open to more: it depends on what is asked for.
import { ServerError } from '../errors/server-error.ts';
import type { Principal } from './access.ts';

/**
 * @param what such as `a datastore of a folder of the server's machine`.
 * @throws ServerError PERMISSION_DENIED
 */
export function assertOwner(principal: Principal | null, what: string): void {
  if (principal?.role === 'Owner') return;
  throw new ServerError(
    'PERMISSION_DENIED',
    `${what} needs the role Owner, and ${principal?.name ?? 'nobody'} has ` +
      `${principal?.role ?? 'none'}; ask an owner for it`,
  );
}
