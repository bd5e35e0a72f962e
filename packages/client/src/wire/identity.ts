// The shapes of people, programs and tokens.

export type Role = 'Reader' | 'Contributor' | 'Owner';

/** Whose token was sent. */
export interface Me {
  readonly kind: 'token' | 'user' | 'servicePrincipal' | 'external' | 'step';
  readonly id: string | null;
  readonly name: string;
  /** Null for a step of a job. */
  readonly role: Role | null;
  readonly tenantId: string;
}

export interface AccessToken {
  readonly id: string;
  readonly name: string;
  readonly owner: { readonly kind: 'token' | 'user' | 'servicePrincipal'; readonly id: string };
  readonly role: Role;
  readonly madeBy: string;
  readonly createdAt: string;
  /** Null: never. */
  readonly expiresAt: string | null;
  /** To the hour; null: never. */
  readonly lastUsedAt: string | null;
}

export interface NewAccessToken {
  readonly name: string;
  /** Default: the most that is allowed. */
  readonly role?: Role;
  readonly expiresAt?: string;
  /** For owners: whose it is to be. */
  readonly user?: string;
  readonly servicePrincipal?: string;
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly role: Role;
  readonly hasPassword: boolean;
  readonly invitedUntil: string | null;
  readonly createdAt: string;
}

export interface NewUser {
  readonly name: string;
  readonly displayName?: string;
  readonly role: Role;
}

export interface InvitationLink {
  readonly url: string;
  readonly expiresAt: string;
}

export interface ServicePrincipal {
  readonly appId: string;
  readonly objectId: string;
  readonly tenantId: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: string;
}

export interface ClientCredential {
  readonly id: string;
  readonly kind: 'secret' | 'key';
  readonly description: string;
  readonly hint: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
}

export interface NewCredential {
  readonly description?: string;
  readonly expiresAt?: string;
}

export interface Issuer {
  readonly id: string;
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly tenant: string | null;
  readonly jwksUri: string | null;
  readonly roles: Readonly<Record<string, Role>>;
  readonly createdAt: string;
}

export interface NewIssuer {
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly tenant?: string;
  readonly jwksUri?: string;
  /** What a token says (a role, a group, an oid, appid, azp or sub) → the role here. */
  readonly roles: Readonly<Record<string, Role>>;
}

export interface SigningKey {
  readonly kid: string;
  readonly createdAt: string;
  /** Null: it signs. */
  readonly retiredAt: string | null;
}
