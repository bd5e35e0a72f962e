// The programs of a workspace: each with a role, and with secrets and keys to prove itself with.
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { RidgelineError } from '../errors.ts';
import { ClientCredentials } from './client-credentials.ts';
import { isoTime } from './expiry.ts';
import { assertRoom, identityLimits } from './identity-limits.ts';
import { checkProgramName, checkRole, nameKey } from './member-name.ts';
import type { ServicePrincipalsTable } from './member-tables.ts';
import type { Role } from './role.ts';

export interface ServicePrincipal {
  /** The client's id in OAuth. */
  readonly appId: string;
  /** The `oid` in its tokens. */
  readonly objectId: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: string;
}

export interface NewServicePrincipal {
  readonly name: string;
  readonly role: Role;
}

export class ServicePrincipals {
  readonly credentials: ClientCredentials;
  readonly #database: WorkspaceDatabase;
  readonly #clock: Clock;

  constructor(database: WorkspaceDatabase, clock: Clock) {
    this.credentials = new ClientCredentials(database, clock);
    this.#database = database;
    this.#clock = clock;
  }

  /** @throws RidgelineError INVALID_PARAMETER_VALUE, MEMBER_ALREADY_EXISTS, IDENTITY_LIMIT_REACHED */
  async create(principal: NewServicePrincipal): Promise<ServicePrincipal> {
    const row = this.#newRow(principal);
    return this.#database.write(async (writer) => {
      const all = await writer.selectFrom('service_principals').select('name_key').execute();
      if (all.some(({ name_key }) => name_key === row.name_key)) {
        const message = `service principal '${row.name}' exists already`;
        throw new RidgelineError('MEMBER_ALREADY_EXISTS', message);
      }
      assertRoom(all.length, identityLimits.servicePrincipals, 'service principals');
      await writer.insertInto('service_principals').values(row).execute();
      return toServicePrincipal(row);
    });
  }

  /** By name. */
  async list(): Promise<readonly ServicePrincipal[]> {
    const rows = await this.#database.kysely
      .selectFrom('service_principals')
      .selectAll()
      .orderBy('name_key')
      .execute();
    return rows.map(toServicePrincipal);
  }

  /** @throws RidgelineError MEMBER_NOT_FOUND */
  async get(nameOrAppId: string): Promise<ServicePrincipal> {
    const row = await this.#database.kysely
      .selectFrom('service_principals')
      .selectAll()
      .where((where) =>
        where.or([where('app_id', '=', nameOrAppId), where('name_key', '=', nameKey(nameOrAppId))]),
      )
      .executeTakeFirst();
    if (row !== undefined) return toServicePrincipal(row);
    const message = `service principal '${nameOrAppId}' does not exist`;
    throw new RidgelineError('MEMBER_NOT_FOUND', message);
  }

  /** The one with that app id, or null where it is no longer there. */
  async find(appId: string): Promise<ServicePrincipal | null> {
    const row = await this.#database.kysely
      .selectFrom('service_principals')
      .selectAll()
      .where('app_id', '=', appId)
      .executeTakeFirst();
    return row === undefined ? null : toServicePrincipal(row);
  }

  /** @throws RidgelineError MEMBER_NOT_FOUND, INVALID_PARAMETER_VALUE */
  async setRole(nameOrAppId: string, role: Role): Promise<ServicePrincipal> {
    const { appId } = await this.get(nameOrAppId);
    const checked = checkRole(role);
    await this.#database.write((writer) =>
      writer
        .updateTable('service_principals')
        .set({ role: checked })
        .where('app_id', '=', appId)
        .execute(),
    );
    return this.get(appId);
  }

  /** With all its credentials and tokens. @throws RidgelineError MEMBER_NOT_FOUND */
  async delete(nameOrAppId: string): Promise<void> {
    const { appId } = await this.get(nameOrAppId);
    await this.#database.write(async (writer) => {
      await writer.deleteFrom('service_principals').where('app_id', '=', appId).execute();
      await writer.deleteFrom('client_credentials').where('app_id', '=', appId).execute();
      await writer
        .deleteFrom('access_tokens')
        .where('owner_kind', '=', 'servicePrincipal')
        .where('owner_id', '=', appId)
        .execute();
    });
  }

  #newRow(principal: NewServicePrincipal): ServicePrincipalsTable {
    const name = checkProgramName('service principal name', principal.name);
    return {
      app_id: randomUUID(),
      object_id: randomUUID(),
      name,
      name_key: nameKey(name),
      role: checkRole(principal.role),
      created_at: this.#clock(),
    };
  }
}

function toServicePrincipal(row: ServicePrincipalsTable): ServicePrincipal {
  return {
    appId: row.app_id,
    objectId: row.object_id,
    name: row.name,
    role: row.role,
    createdAt: isoTime(row.created_at),
  };
}
