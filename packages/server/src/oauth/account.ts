// Who has signed in, as the authorization server remembers it: a text that says by what. Who that
// is now, and with which role, is looked up each time.
import { hash } from 'node:crypto';
import { admin, type Member, type Principal, type Workspace } from '@ridgeline/workspace';

type Identity = Workspace['identity'];

/** The account of somebody who has proved to be that member; null for who may not sign in here. */
export async function accountIdOf(identity: Identity, member: Principal): Promise<string | null> {
  if (member.kind === 'step' || member.kind === 'external') return null;
  if (member.accessTokenId !== undefined) return `token:${member.accessTokenId}`;
  if (member.kind === 'user') {
    return `user:${member.id}:${await identity.users.passwordStamp(member.id)}`;
  }
  return member === admin ? adminAccount(identity) : null;
}

/** Null where they are gone, or the token with which they signed in. */
export async function accountOf(identity: Identity, accountId: string): Promise<Member | null> {
  const [kind, id = '', stamp] = accountId.split(':');
  if (kind === 'user') {
    return stamp === (await identity.users.passwordStamp(id)) ? identity.user(id) : null;
  }
  if (kind === 'token') return identity.accessToken(id);
  return accountId === (await adminAccount(identity)) ? admin : null;
}

// Another admin token is another account: who signed in with a lost one is out.
async function adminAccount(identity: Identity): Promise<string> {
  return `admin:${hash('sha256', await identity.adminToken(), 'hex')}`;
}
