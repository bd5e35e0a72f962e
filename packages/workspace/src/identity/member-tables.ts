// The rows of those who have a role, and of what they prove themselves with: digests and public
// keys only, so that the database lets nobody in.
import type { Role } from './role.ts';

export interface UsersTable {
  /** A GUID. */
  readonly id: string;
  readonly name: string;
  /** The name in lower case: two people's names never differ in case alone. */
  readonly name_key: string;
  readonly display_name: string;
  readonly role: Role;
  /** See password.ts; null until an invitation has been taken up. */
  readonly password: string | null;
  /** SHA-256 of the code of an open invitation. */
  readonly invitation_hash: string | null;
  readonly invitation_expires_at: number | null;
  readonly created_at: number;
}

export interface ServicePrincipalsTable {
  /** A GUID: what is the client's id in OAuth. */
  readonly app_id: string;
  /** A GUID: the `oid` of its tokens. */
  readonly object_id: string;
  readonly name: string;
  readonly name_key: string;
  readonly role: Role;
  readonly created_at: number;
}

export interface ClientCredentialsTable {
  readonly id: string;
  readonly app_id: string;
  readonly kind: 'secret' | 'key';
  readonly description: string;
  /** SHA-256 of the secret; null for a key. */
  readonly hash: string | null;
  /** The public key as PEM; null for a secret. */
  readonly public_key: string | null;
  /** The first characters of the secret, or the thumbprint of the key, to tell them apart. */
  readonly hint: string;
  readonly created_at: number;
  readonly expires_at: number | null;
}

export interface AccessTokensTable {
  readonly id: string;
  /** SHA-256 of the token. */
  readonly hash: string;
  readonly name: string;
  readonly owner_kind: 'token' | 'user' | 'servicePrincipal';
  /** The id of the user, the app id of the service principal; `admin` for those of nobody. */
  readonly owner_id: string;
  readonly role: Role;
  readonly made_by: string;
  readonly created_at: number;
  readonly expires_at: number | null;
  readonly last_used_at: number | null;
}

export interface IssuersTable {
  readonly id: string;
  readonly issuer: string;
  /** JSON array of strings. */
  readonly audiences: string;
  readonly tenant: string | null;
  /** Null: found by the issuer's metadata. */
  readonly jwks_uri: string | null;
  /** JSON object: what a token may say → role. */
  readonly roles: string;
  readonly created_at: number;
}

export interface TenantsTable {
  /** In lower case. */
  readonly name: string;
  readonly kind: 'id' | 'alias';
}

/** What the authorization server remembers of a sign-in, encrypted. */
export interface OAuthRecordsTable {
  /** SHA-256 of model and id, as of all keys here. */
  readonly key: string;
  readonly model: string;
  readonly grant_key: string | null;
  readonly uid_key: string | null;
  readonly user_code_key: string | null;
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
  readonly consumed_at: number | null;
  readonly expires_at: number;
}

export interface SignInTriesTable {
  /** SHA-256 of what is counted by. */
  readonly key: string;
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly ends_at: number;
}

export type MemberTables = {
  readonly users: UsersTable;
  readonly service_principals: ServicePrincipalsTable;
  readonly client_credentials: ClientCredentialsTable;
  readonly access_tokens: AccessTokensTable;
  readonly issuers: IssuersTable;
  readonly tenants: TenantsTable;
  readonly oauth_records: OAuthRecordsTable;
  readonly sign_in_tries: SignInTriesTable;
};
