// Permissions of people on single experiments and registered models.

import type { HttpClient } from '../http/http-client.ts';
import { pathOf } from '../http/url-path.ts';
import type { Permission, PermissionGrant } from '../wire/permission.ts';

/** An experiment by its id, or a registered model by its name. */
export type PermissionThing = { readonly experimentId: string } | { readonly model: string };

export class PermissionsApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** Who has one on this, by name. */
  async of(thing: PermissionThing): Promise<readonly PermissionGrant[]> {
    return this.#list(pathOf(...segmentsOf(thing)));
  }

  /** All that a person has; who is no owner may ask for their own. */
  async ofUser(name: string): Promise<readonly PermissionGrant[]> {
    return this.#list(pathOf('api', 'v1', 'users', name, 'permissions'));
  }

  /** In place of what their role gives there. */
  async set(
    thing: PermissionThing,
    user: string,
    permission: Permission,
  ): Promise<PermissionGrant> {
    const path = pathOf(...segmentsOf(thing), user);
    return this.#http.json({ method: 'PUT', path, json: { permission } });
  }

  /** From then on their role holds there. @throws ApiError RESOURCE_DOES_NOT_EXIST */
  async delete(thing: PermissionThing, user: string): Promise<void> {
    await this.#http.json({ method: 'DELETE', path: pathOf(...segmentsOf(thing), user) });
  }

  async #list(path: string): Promise<readonly PermissionGrant[]> {
    const answer = await this.#http.json<{ value: readonly PermissionGrant[] }>({
      method: 'GET',
      path,
    });
    return answer.value;
  }
}

function segmentsOf(thing: PermissionThing): readonly string[] {
  const [noun, key] =
    'experimentId' in thing ? ['experiments', thing.experimentId] : ['models', thing.model];
  return ['api', 'v1', noun, key, 'permissions'];
}
