// The components of a workspace: definitions of steps that jobs name instead of spelling them out. A
// version never changes, and its code is in the code store. Running one is the job engine's matter.

import { quote } from '../checks/check-text.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { CodeStore } from '../code/code-store.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { RidgelineError } from '../errors.ts';
import {
  type Component,
  type ComponentSummary,
  type ComponentText,
  toComponent,
  toSummary,
} from './component.ts';
import { componentCode, componentText, parseComponentAddress } from './component-address.ts';
import { componentFacts } from './component-facts.ts';
import { insertComponent } from './insert-component.ts';
import { checkNewComponent, type NewComponent } from './new-component.ts';
import { componentRow, latestRows, versionRows } from './read-components.ts';

export interface ComponentsOptions {
  readonly database: WorkspaceDatabase;
  readonly code: CodeStore;
  readonly clock?: Clock;
}

export interface FoundOrMadeComponent {
  readonly component: Component;
  readonly created: boolean;
}

/** The most that one list gives. */
const listLimit = 1_000;

export class Components {
  readonly #database: WorkspaceDatabase;
  readonly #code: CodeStore;
  readonly #clock: Clock;

  constructor({ database, code, clock }: ComponentsOptions) {
    this.#database = database;
    this.#code = code;
    this.#clock = clock ?? systemClock;
  }

  /**
   * Registers a version, once its text is known to be a component without mistakes and its code to
   * be here. A version that exists with the same content is given back.
   * @throws RidgelineError INVALID_PARAMETER_VALUE, COMPONENT_INVALID, CODE_NOT_FOUND,
   *   RESOURCE_ALREADY_EXISTS
   */
  async create(component: NewComponent): Promise<FoundOrMadeComponent> {
    const checked = checkNewComponent(component);
    const facts = await componentFacts(checked, (reference) => this.#findText(reference));
    for (const id of new Set(Object.values(checked.code))) await this.#code.folder(id);
    const createdAt = this.#clock();
    const { version, created } = await this.#database.write((writer) =>
      insertComponent(writer, { ...checked, ...facts, createdAt }),
    );
    return { component: await this.get(checked.name, version), created };
  }

  /**
   * @param version as it was given, or 'latest' for the one made last.
   * @throws RidgelineError COMPONENT_NOT_FOUND
   */
  async get(name: string, version: string): Promise<Component> {
    return toComponent(await this.#database.read((reader) => componentRow(reader, name, version)));
  }

  /**
   * The text that a reference of a job or of another component names, as its parser takes it.
   * @param reference `azureml:name:version`, `azureml:name@latest`, or
   *   azureml://components/NAME/versions/VERSION/<file> for a file that a component names.
   * @throws RidgelineError COMPONENT_NOT_FOUND
   */
  async textOf(reference: string): Promise<ComponentText> {
    const { name, version, path } = parseComponentAddress(reference);
    const text = componentText(await this.get(name, version), path);
    if (text !== null) return text;
    const message = `component '${name}' version '${version}' has no file ${quote(path)}`;
    throw new RidgelineError('COMPONENT_NOT_FOUND', message);
  }

  /**
   * The id of the code at azureml://components/NAME/versions/VERSION/<path>.
   * @throws RidgelineError COMPONENT_NOT_FOUND, CODE_NOT_FOUND
   */
  async codeOf(address: string): Promise<string> {
    const { name, version, path } = parseComponentAddress(address);
    const id = componentCode(await this.get(name, version), path ?? '.');
    if (id !== null) return id;
    const message = `component '${name}' version '${version}' has no code ${quote(path ?? '.')}`;
    throw new RidgelineError('CODE_NOT_FOUND', message);
  }

  /** The latest version of each name, by name. */
  async list(): Promise<readonly ComponentSummary[]> {
    const rows = await this.#database.read((reader) => latestRows(reader, listLimit));
    return rows.map(toSummary);
  }

  /** Newest first. @throws RidgelineError COMPONENT_NOT_FOUND */
  async versions(name: string): Promise<readonly ComponentSummary[]> {
    const rows = await this.#database.read((reader) => versionRows(reader, name));
    return rows.slice(0, listLimit).map(toSummary);
  }

  async #findText(reference: string): Promise<ComponentText | null> {
    try {
      return await this.textOf(reference);
    } catch (error) {
      if (error instanceof RidgelineError && error.code === 'COMPONENT_NOT_FOUND') return null;
      throw error;
    }
  }
}
