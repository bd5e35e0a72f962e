// Components: definitions of steps, by name and version.

import { findOrMake } from '../http/found-or-made.ts';
import type { HttpClient } from '../http/http-client.ts';
import { pathOf, queryOf } from '../http/url-path.ts';
import type {
  Component,
  ComponentSummary,
  ComponentText,
  NewComponent,
} from '../wire/component.ts';
import type { FoundOrMade } from '../wire/found-or-made.ts';

export class ComponentsApi {
  readonly #http: HttpClient;

  constructor(http: HttpClient) {
    this.#http = http;
  }

  /** Registers a version, or finds the one with the same content. */
  async create(component: NewComponent): Promise<FoundOrMade<Component>> {
    return findOrMake(this.#http, componentPath(), component);
  }

  /** The latest version of each name. */
  async list(): Promise<readonly ComponentSummary[]> {
    return this.#list(componentPath());
  }

  /** All versions of a name, newest first. */
  async versions(name: string): Promise<readonly ComponentSummary[]> {
    return this.#list(componentPath(name));
  }

  async get(name: string, version = 'latest'): Promise<Component> {
    return this.#http.json({ method: 'GET', path: componentPath(name, 'versions', version) });
  }

  /** @param reference such as `azureml:name:version`. @throws ApiError COMPONENT_NOT_FOUND */
  async text(reference: string): Promise<ComponentText> {
    const path = `${pathOf('api', 'v1', 'componentTexts')}${queryOf({ reference })}`;
    return this.#http.json({ method: 'GET', path });
  }

  async #list(path: string): Promise<readonly ComponentSummary[]> {
    const request = { method: 'GET', path } as const;
    return (await this.#http.json<{ value: readonly ComponentSummary[] }>(request)).value;
  }
}

function componentPath(...segments: readonly string[]): string {
  return pathOf('api', 'v1', 'components', ...segments);
}
