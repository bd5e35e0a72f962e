// A workspace in the form of a subscription, as `az login` and `az account show` print it.
import type { Workspace } from './open-workspace.ts';

/** Asks the server, so that a token that is no good shows here. */
export async function describeAccount({ client, subscription, principal }: Workspace) {
  const me = await client.tokens.me();
  return {
    environmentName: 'Ridgeline',
    homeTenantId: me.tenantId,
    id: subscription,
    isDefault: true,
    managedByTenants: [],
    name: `Ridgeline at ${client.url}`,
    state: 'Enabled',
    tenantId: me.tenantId,
    user: {
      name: principal ?? me.name,
      type: me.kind === 'servicePrincipal' ? 'servicePrincipal' : 'user',
    },
  };
}
