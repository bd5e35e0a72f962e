// The people of a workspace.

import type { HttpClient } from '../http/http-client.ts';
import { pathOf } from '../http/url-path.ts';
import type { InvitationLink, NewUser, User } from '../wire/identity.ts';

export class UsersApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  async create(user: NewUser): Promise<User> {
    return this.#http.json({ method: 'POST', path: userPath(), json: user });
  }

  async list(): Promise<readonly User[]> {
    const answer = await this.#http.json<{ value: readonly User[] }>({
      method: 'GET',
      path: userPath(),
    });
    return answer.value;
  }

  async get(name: string): Promise<User> {
    return this.#http.json({ method: 'GET', path: userPath(name) });
  }

  async update(name: string, change: Partial<Omit<NewUser, 'name'>>): Promise<User> {
    return this.#http.json({ method: 'PATCH', path: userPath(name), json: change });
  }

  async delete(name: string): Promise<void> {
    await this.#http.json({ method: 'DELETE', path: userPath(name) });
  }

  /** A link by which the person sets a password, once. */
  async invite(name: string): Promise<InvitationLink> {
    return this.#http.json({ method: 'POST', path: userPath(name, 'invitation') });
  }
}

function userPath(...segments: readonly string[]): string {
  return pathOf('api', 'v1', 'users', ...segments);
}
