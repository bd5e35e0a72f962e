// The people of a workspace: their names and roles, and the passwords that they set themselves.
import { randomUUID } from 'node:crypto';
import { checkText } from '../checks/check-text.ts';
import type { Clock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { RidgelineError } from '../errors.ts';
import { isOver, isoTime } from './expiry.ts';
import { assertRoom, identityLimits } from './identity-limits.ts';
import { checkMemberName, checkRole, nameKey } from './member-name.ts';
import type { UsersTable } from './member-tables.ts';
import { checkPassword, hashPassword, isPassword } from './password.ts';
import type { Role } from './role.ts';
import { newToken, tokenHash } from './token.ts';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly role: Role;
  readonly hasPassword: boolean;
  /** Until when the open invitation may be taken up; null where none is open. */
  readonly invitedUntil: string | null;
  readonly createdAt: string;
}

export interface NewUser {
  readonly name: string;
  /** Default: the name. */
  readonly displayName?: string | undefined;
  readonly role: Role;
  /** Default: none, until an invitation is taken up. */
  readonly password?: string | undefined;
}

export interface Invitation {
  /** Shown once: only its digest is kept. */
  readonly code: string;
  readonly expiresAt: string;
}

const invitationMs = 7 * 24 * 60 * 60 * 1000;

export class Users {
  readonly #database: WorkspaceDatabase;
  readonly #clock: Clock;

  constructor(database: WorkspaceDatabase, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** @throws RidgelineError INVALID_PARAMETER_VALUE, MEMBER_ALREADY_EXISTS, IDENTITY_LIMIT_REACHED */
  async create(user: NewUser): Promise<User> {
    const password =
      user.password === undefined ? null : await hashPassword(checkPassword(user.password));
    const row = { ...this.#newRow(user), password };
    return this.#database.write(async (writer) => {
      const all = await writer.selectFrom('users').select('name_key').execute();
      if (all.some(({ name_key }) => name_key === row.name_key)) {
        throw new RidgelineError('MEMBER_ALREADY_EXISTS', `user '${row.name}' exists already`);
      }
      assertRoom(all.length, identityLimits.users, 'users');
      await writer.insertInto('users').values(row).execute();
      return this.#toUser(row);
    });
  }

  /** By name. */
  async list(): Promise<readonly User[]> {
    const rows = await this.#database.kysely
      .selectFrom('users')
      .selectAll()
      .orderBy('name_key')
      .execute();
    return rows.map((row) => this.#toUser(row));
  }

  /** @param nameOrId of the user. @throws RidgelineError MEMBER_NOT_FOUND */
  async get(nameOrId: string): Promise<User> {
    return this.#toUser(await this.#row(nameOrId));
  }

  /** The user with that name, in whatever case; null where there is none. */
  async findByName(name: string): Promise<User | null> {
    const row = await this.#database.kysely
      .selectFrom('users')
      .selectAll()
      .where('name_key', '=', nameKey(name))
      .executeTakeFirst();
    return row === undefined ? null : this.#toUser(row);
  }

  /** The user with that id, or null where they are no longer there. */
  async find(id: string): Promise<User | null> {
    const row = await this.#database.kysely
      .selectFrom('users')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : this.#toUser(row);
  }

  /** What is left out stays. @throws RidgelineError MEMBER_NOT_FOUND, INVALID_PARAMETER_VALUE */
  async update(
    nameOrId: string,
    change: Partial<Omit<NewUser, 'name' | 'password'>>,
  ): Promise<User> {
    const { id } = await this.#row(nameOrId);
    const set = {
      ...(change.role !== undefined && { role: checkRole(change.role) }),
      ...(change.displayName !== undefined && { display_name: displayName(change.displayName) }),
    };
    if (Object.keys(set).length > 0) {
      await this.#database.write((writer) =>
        writer.updateTable('users').set(set).where('id', '=', id).execute(),
      );
    }
    return this.get(id);
  }

  /** With all their tokens; nothing of theirs is taken from then on. @throws RidgelineError MEMBER_NOT_FOUND */
  async delete(nameOrId: string): Promise<void> {
    const { id } = await this.#row(nameOrId);
    await this.#database.write(async (writer) => {
      await writer.deleteFrom('users').where('id', '=', id).execute();
      await writer
        .deleteFrom('access_tokens')
        .where('owner_kind', '=', 'user')
        .where('owner_id', '=', id)
        .execute();
    });
  }

  /** Lets the user set a password, once; an earlier invitation ends. @throws RidgelineError MEMBER_NOT_FOUND */
  async invite(nameOrId: string): Promise<Invitation> {
    const { id } = await this.#row(nameOrId);
    const code = newToken();
    const expires = this.#clock() + invitationMs;
    const set = { invitation_hash: tokenHash(code), invitation_expires_at: expires };
    await this.#database.write((writer) =>
      writer.updateTable('users').set(set).where('id', '=', id).execute(),
    );
    return { code, expiresAt: isoTime(expires) };
  }

  /** Who is invited by that code. @throws RidgelineError INVITATION_INVALID */
  async invited(code: string): Promise<User> {
    const row = await this.#database.kysely
      .selectFrom('users')
      .selectAll()
      .where('invitation_hash', '=', tokenHash(code))
      .executeTakeFirst();
    if (row === undefined || isOver(row.invitation_expires_at, this.#clock())) throw noInvitation();
    return this.#toUser(row);
  }

  /**
   * Sets the password of who is invited; the invitation ends with it.
   * @throws RidgelineError INVITATION_INVALID, INVALID_PARAMETER_VALUE
   */
  async acceptInvitation(code: string, password: string): Promise<User> {
    const { id } = await this.invited(code);
    const kept = await hashPassword(checkPassword(password));
    const { numUpdatedRows } = await this.#database.write((writer) =>
      writer
        .updateTable('users')
        .set({ password: kept, invitation_hash: null, invitation_expires_at: null })
        .where('id', '=', id)
        .where('invitation_hash', '=', tokenHash(code))
        .executeTakeFirst(),
    );
    if (numUpdatedRows !== 1n) throw noInvitation();
    return this.get(id);
  }

  /** Open invitations end, and so do sign-ins. @throws RidgelineError MEMBER_NOT_FOUND, INVALID_PARAMETER_VALUE */
  async setPassword(nameOrId: string, password: string): Promise<void> {
    const { id } = await this.#row(nameOrId);
    const kept = await hashPassword(checkPassword(password));
    await this.#database.write((writer) =>
      writer
        .updateTable('users')
        .set({ password: kept, invitation_hash: null, invitation_expires_at: null })
        .where('id', '=', id)
        .execute(),
    );
  }

  /** Who has that name and password; null where nobody has. */
  async authenticate(name: string, password: string): Promise<User | null> {
    const row = await this.#database.kysely
      .selectFrom('users')
      .selectAll()
      .where('name_key', '=', nameKey(name))
      .executeTakeFirst();
    const isTheirs = await isPassword(password, row?.password ?? null);
    return isTheirs && row !== undefined ? this.#toUser(row) : null;
  }

  /**
   * What changes when the user sets another password: sign-ins that were made before then end.
   * Null where the user is gone.
   */
  async passwordStamp(id: string): Promise<string | null> {
    const row = await this.#database.kysely
      .selectFrom('users')
      .select('password')
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : tokenHash(row.password ?? '').slice(0, 16);
  }

  async #row(nameOrId: string): Promise<UsersTable> {
    const row = await this.#database.kysely
      .selectFrom('users')
      .selectAll()
      .where((where) =>
        where.or([where('id', '=', nameOrId), where('name_key', '=', nameKey(nameOrId))]),
      )
      .executeTakeFirst();
    if (row !== undefined) return row;
    throw new RidgelineError('MEMBER_NOT_FOUND', `user '${nameOrId}' does not exist`);
  }

  #newRow(user: NewUser): UsersTable {
    const name = checkMemberName('user name', user.name);
    return {
      id: randomUUID(),
      name,
      name_key: nameKey(name),
      display_name: displayName(user.displayName ?? name),
      role: checkRole(user.role),
      password: null,
      invitation_hash: null,
      invitation_expires_at: null,
      created_at: this.#clock(),
    };
  }

  #toUser(row: UsersTable): User {
    const open = !isOver(row.invitation_expires_at, this.#clock());
    return {
      id: row.id,
      name: row.name,
      displayName: row.display_name,
      role: row.role,
      hasPassword: row.password !== null,
      invitedUntil: open ? isoTime(row.invitation_expires_at) : null,
      createdAt: isoTime(row.created_at),
    };
  }
}

function displayName(value: unknown): string {
  return checkText('displayName', value, identityLimits.nameLength);
}

function noInvitation(): RidgelineError {
  const message =
    "this invitation is not valid, or no longer: ask an owner for a new one ('ridgeline user invite')";
  return new RidgelineError('INVITATION_INVALID', message);
}
