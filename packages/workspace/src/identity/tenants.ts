// The tenant of a workspace, as OAuth's addresses name it: a GUID of its own, and names beside it.
import { randomUUID } from 'node:crypto';
import { checkText, invalid, quote } from '../checks/check-text.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { RidgelineError } from '../errors.ts';
import { assertRoom, identityLimits } from './identity-limits.ts';

// Addresses of the server that are no tenant's.
const taken: ReadonlySet<string> = new Set([
  'api',
  'ajax-api',
  'pipelines',
  'history',
  'studio',
  'health',
]);

export class Tenants {
  /** A GUID. */
  readonly id: string;
  readonly #database: WorkspaceDatabase;

  private constructor(database: WorkspaceDatabase, id: string) {
    this.#database = database;
    this.id = id;
  }

  /** Makes the GUID the first time. */
  static async open(database: WorkspaceDatabase): Promise<Tenants> {
    const row = await database.kysely
      .selectFrom('tenants')
      .select('name')
      .where('kind', '=', 'id')
      .executeTakeFirst();
    if (row !== undefined) return new Tenants(database, row.name);
    const id = randomUUID();
    await database.write((writer) =>
      writer.insertInto('tenants').values({ name: id, kind: 'id' }).execute(),
    );
    return new Tenants(database, id);
  }

  async isTenant(name: string): Promise<boolean> {
    if (name === this.id) return true;
    return (await this.#aliases()).includes(name.toLowerCase());
  }

  /** The GUID first. */
  async list(): Promise<readonly string[]> {
    return [this.id, ...(await this.#aliases())];
  }

  /** A further name; nothing happens where it is one already. @throws RidgelineError INVALID_PARAMETER_VALUE, IDENTITY_LIMIT_REACHED */
  async add(value: string): Promise<void> {
    const name = checkText('tenant', value, identityLimits.nameLength).toLowerCase();
    if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name) || taken.has(name)) {
      throw invalid(
        `tenant ${quote(name)} must be a name such as 'contoso.example', and no part of the API's addresses`,
      );
    }
    await this.#database.write(async (writer) => {
      const all = await writer.selectFrom('tenants').select('name').execute();
      if (all.some((tenant) => tenant.name === name)) return;
      assertRoom(all.length, identityLimits.tenants, 'names of the tenant');
      await writer.insertInto('tenants').values({ name, kind: 'alias' }).execute();
    });
  }

  /** @throws RidgelineError TENANT_NOT_FOUND */
  async remove(name: string): Promise<void> {
    const { numDeletedRows } = await this.#database.write((writer) =>
      writer
        .deleteFrom('tenants')
        .where('kind', '=', 'alias')
        .where('name', '=', name.toLowerCase())
        .executeTakeFirst(),
    );
    if (numDeletedRows > 0n) return;
    throw new RidgelineError(
      'TENANT_NOT_FOUND',
      `${quote(name)} is no further name of this tenant`,
    );
  }

  async #aliases(): Promise<readonly string[]> {
    const rows = await this.#database.kysely
      .selectFrom('tenants')
      .select('name')
      .where('kind', '=', 'alias')
      .orderBy('name')
      .execute();
    return rows.map(({ name }) => name);
  }
}
