// A named credential for a system outside: what tasks know as an endpoint.

export interface ServiceConnection {
  readonly id: string;
  readonly name: string;
  /** `azurerm`, `generic`, `dockerregistry`, `kubernetes`, `ssh`, ... */
  readonly type: string;
  readonly url?: string;
  /** `ServicePrincipal`, `UsernamePassword`, `Token`, `ManagedServiceIdentity`, `None`, ... */
  readonly scheme: string;
  /** Secrets included, such as `serviceprincipalkey`; names in any case. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Facts that are no secrets, such as `subscriptionId`; names in any case. */
  readonly data: Readonly<Record<string, string>>;
}

/** A parameter or fact of a connection, its name in any case. */
export function connectionValue(connection: ServiceConnection, name: string): string | undefined {
  const wanted = name.toLowerCase();
  const all = [...Object.entries(connection.parameters), ...Object.entries(connection.data)];
  return all.find(([key]) => key.toLowerCase() === wanted)?.[1];
}
