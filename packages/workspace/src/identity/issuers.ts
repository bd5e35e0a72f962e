// The outside issuers whose tokens a workspace takes, and which role what they say is worth. It
// keeps what was agreed; that a token is the issuer's, the server finds out.
import { randomUUID } from 'node:crypto';
import { checkName, invalid, quote } from '../checks/check-text.ts';
import type { Clock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { RidgelineError } from '../errors.ts';
import { isoTime } from './expiry.ts';
import { assertRoom, identityLimits } from './identity-limits.ts';
import { checkRole } from './member-name.ts';
import type { IssuersTable } from './member-tables.ts';
import type { Role } from './role.ts';

export interface Issuer {
  readonly id: string;
  /** The `iss` of its tokens, to the letter. */
  readonly issuer: string;
  /** One of them must be an `aud` of the token. */
  readonly audiences: readonly string[];
  /** The `tid` that its tokens must have; null: none is asked for. */
  readonly tenant: string | null;
  /** Where its keys are; null: where its metadata say. */
  readonly jwksUri: string | null;
  /** A role, a group, an `oid`, `appid`, `azp` or `sub` of its tokens → the role here. */
  readonly roles: Readonly<Record<string, Role>>;
  readonly createdAt: string;
}

export interface NewIssuer {
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly tenant?: string | null | undefined;
  readonly jwksUri?: string | null | undefined;
  readonly roles: Readonly<Record<string, Role>>;
}

const urlLength = 2_000;

export class Issuers {
  readonly #database: WorkspaceDatabase;
  readonly #clock: Clock;

  constructor(database: WorkspaceDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** @throws RidgelineError INVALID_PARAMETER_VALUE, ISSUER_ALREADY_EXISTS, IDENTITY_LIMIT_REACHED */
  async add(issuer: NewIssuer): Promise<Issuer> {
    const row = { ...checkedRow(issuer), id: randomUUID(), created_at: this.#clock() };
    await this.#database.write(async (writer) => {
      const all = await writer.selectFrom('issuers').select('issuer').execute();
      if (all.some((known) => known.issuer === row.issuer)) {
        const message = `issuer '${row.issuer}' is known already; delete it first to change it`;
        throw new RidgelineError('ISSUER_ALREADY_EXISTS', message);
      }
      assertRoom(all.length, identityLimits.issuers, 'issuers');
      await writer.insertInto('issuers').values(row).execute();
    });
    return toIssuer(row);
  }

  async list(): Promise<readonly Issuer[]> {
    const rows = await this.#database.kysely
      .selectFrom('issuers')
      .selectAll()
      .orderBy('issuer')
      .execute();
    return rows.map(toIssuer);
  }

  /** The one whose tokens say `iss`; null for one that nobody added. */
  async find(iss: string): Promise<Issuer | null> {
    const row = await this.#database.kysely
      .selectFrom('issuers')
      .selectAll()
      .where('issuer', '=', iss)
      .executeTakeFirst();
    return row === undefined ? null : toIssuer(row);
  }

  /** @throws RidgelineError ISSUER_NOT_FOUND */
  async delete(id: string): Promise<void> {
    const { numDeletedRows } = await this.#database.write((writer) =>
      writer.deleteFrom('issuers').where('id', '=', id).executeTakeFirst(),
    );
    if (numDeletedRows > 0n) return;
    throw new RidgelineError('ISSUER_NOT_FOUND', `issuer '${id}' does not exist`);
  }
}

function checkedRow(issuer: NewIssuer): Omit<IssuersTable, 'id' | 'created_at'> {
  const { tenant = null, jwksUri = null } = issuer;
  return {
    issuer: checkUrl('issuer', issuer.issuer),
    audiences: JSON.stringify(checkAudiences(issuer.audiences)),
    tenant: tenant === null ? null : checkName('tenant', tenant, identityLimits.nameLength),
    jwks_uri: jwksUri === null ? null : checkUrl('jwksUri', jwksUri),
    roles: JSON.stringify(checkRoles(issuer.roles)),
  };
}

// Keys that came over a plain connection could be anybody's; on this machine nobody is between.
function checkUrl(label: string, value: string): string {
  const text = checkName(label, value, urlLength);
  const url = URL.parse(text);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url?.hostname ?? '');
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal);
  if (isSafe && url?.username === '' && url.hash === '' && !text.includes('{')) return text;
  throw invalid(
    `${label} must be an https:// address without blanks to fill in, got ${quote(text)}`,
  );
}

function checkAudiences(audiences: readonly string[]): readonly string[] {
  const { length } = audiences;
  const limit = identityLimits.audiencesPerIssuer;
  if (length === 0 || length > limit) throw invalid(`audiences: name 1 to ${limit}, got ${length}`);
  return audiences.map((audience) => checkName('audience', audience, urlLength));
}

function checkRoles(roles: Readonly<Record<string, Role>>): Readonly<Record<string, Role>> {
  const entries = Object.entries(roles);
  const limit = identityLimits.rolesPerIssuer;
  if (entries.length === 0 || entries.length > limit) {
    throw invalid(
      `roles: map 1 to ${limit} of what the issuer says to a role, got ${entries.length}`,
    );
  }
  return Object.fromEntries(
    entries.map(([said, role]) => [
      checkName('what the issuer says', said, identityLimits.descriptionLength),
      checkRole(role),
    ]),
  );
}

function toIssuer(row: IssuersTable): Issuer {
  return {
    id: row.id,
    issuer: row.issuer,
    audiences: JSON.parse(row.audiences),
    tenant: row.tenant,
    jwksUri: row.jwks_uri,
    roles: JSON.parse(row.roles),
    createdAt: isoTime(row.created_at),
  };
}
