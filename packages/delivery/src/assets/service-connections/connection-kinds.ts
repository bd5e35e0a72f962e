// What each type of service connection signs in with. Names are those of Azure DevOps' endpoints, as
// tasks look them up.
import type { ConnectionType } from './service-connection-info.ts';

export interface ConnectionScheme {
  readonly name: string;
  /** Each of them one of: where several are named, one is enough. */
  readonly required: readonly (readonly string[])[];
}

export interface ConnectionKind {
  /** The first is the default. */
  readonly schemes: readonly ConnectionScheme[];
  /** Whether it needs an address; what it is where none is given. */
  readonly url: 'required' | 'optional' | { readonly default: string };
}

const none: ConnectionScheme = { name: 'None', required: [] };
const token: ConnectionScheme = { name: 'Token', required: [['apitoken']] };
const userNamePassword: ConnectionScheme = {
  name: 'UsernamePassword',
  required: [['username'], ['password']],
};
const servicePrincipal: ConnectionScheme = {
  name: 'ServicePrincipal',
  required: [
    ['tenantid'],
    ['serviceprincipalid'],
    ['serviceprincipalkey', 'serviceprincipalcertificate'],
  ],
};

export const connectionKinds: Readonly<Record<ConnectionType, ConnectionKind>> = {
  ridgeline: { schemes: [token, servicePrincipal], url: 'required' },
  azurerm: {
    schemes: [
      servicePrincipal,
      { name: 'WorkloadIdentityFederation', required: [['tenantid'], ['serviceprincipalid']] },
      { name: 'ManagedServiceIdentity', required: [] },
      // The `az` of the machine as it is signed in, or a stand-in for it.
      none,
    ],
    url: { default: 'https://management.azure.com/' },
  },
  dockerregistry: { schemes: [userNamePassword, none], url: 'required' },
  kubernetes: {
    schemes: [{ name: 'Kubernetes', required: [['kubeconfig']] }, token, none],
    url: 'optional',
  },
  generic: { schemes: [none, userNamePassword, token], url: 'optional' },
};

// Everything else is taken for a secret: to hide too much does no harm.
const openParameters: ReadonlySet<string> = new Set([
  'authenticationtype',
  'azureenvironment',
  'clustercontext',
  'email',
  'registry',
  'registrytype',
  'serviceprincipalid',
  'tenantid',
  'username',
]);

export function isSecretParameter(name: string): boolean {
  return !openParameters.has(name.toLowerCase());
}
