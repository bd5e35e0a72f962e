// What steps run in: the curated one, which is the running Node, and those that users define. Names
// and versions are kept here; what an environment consists of is made when a step first needs it.
import { type Clock, systemClock } from '../clock.ts';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { BuiltFolders } from './build/built-folders.ts';
import type { Waiter } from './build/shared-work.ts';
import { type Environment, nodeEnvironment, toEnvironment } from './environment.ts';
import { contentDigest } from './environment-content.ts';
import { defaultReference, isNode, notFound, parseReference } from './environment-reference.ts';
import type { EnvironmentsTable } from './environment-tables.ts';
import { insertEnvironment } from './insert-environment.ts';
import {
  checkDefinition,
  checkNewEnvironment,
  type EnvironmentDefinition,
  type NewEnvironment,
} from './new-environment.ts';
import { type Makers, prepareContent, type StepVariables } from './prepare-content.ts';
import { Pythons } from './python/pythons.ts';
import { environmentRow, latestRows, rowsOf } from './read-environments.ts';
import { prepareRidgelineNode } from './ridgeline-node.ts';

export interface PreparedEnvironment {
  readonly env: StepVariables;
}

export interface ResolvedEnvironment {
  /** With the version in it: it means the same for ever. */
  readonly reference: string;
  /** Of what it consists of: equal for environments that are equal in all but their names. */
  readonly identity: string;
}

/** `onProgress` is told of what takes its time; a `signal` that is aborted breaks it off. */
export type PrepareOptions = Waiter;

export interface EnvironmentsOptions {
  readonly database: WorkspaceDatabase;
  /** Where environments are made; it need not exist. */
  readonly folder: string;
  readonly clock?: Clock;
}

/** Azure ML's name for environments that stand within a job. */
const anonymousName = 'CliV2AnonymousEnvironment';

export class Environments {
  readonly #database: WorkspaceDatabase;
  readonly #makers: Makers;
  readonly #clock: Clock;

  constructor({ database, folder, clock }: EnvironmentsOptions) {
    this.#database = database;
    this.#makers = { builds: new BuiltFolders(folder), pythons: new Pythons() };
    this.#clock = clock ?? systemClock;
  }

  /**
   * Registers a version. One that exists with the same content is given back, as is the latest of
   * the name where no version is named. Nothing is installed yet.
   * @throws RidgelineError INVALID_PARAMETER_VALUE, ENVIRONMENT_INVALID, RESOURCE_ALREADY_EXISTS,
   *   ENVIRONMENT_LIMIT_REACHED
   */
  async create(environment: NewEnvironment): Promise<Environment> {
    const checked = checkNewEnvironment(environment);
    const createdAt = this.#clock();
    const row = await this.#database.write((writer) =>
      insertEnvironment(writer, checked, createdAt),
    );
    return toEnvironment(row);
  }

  /**
   * Registers an environment that stands within a job, under a name made of its content.
   * @returns its reference
   * @throws RidgelineError INVALID_PARAMETER_VALUE, ENVIRONMENT_INVALID, ENVIRONMENT_LIMIT_REACHED
   */
  async createAnonymous(definition: EnvironmentDefinition): Promise<string> {
    const { content } = checkDefinition(definition, anonymousName);
    const version = contentDigest(content).slice(0, 30);
    await this.create({ ...definition, name: anonymousName, version });
    return `azureml:${anonymousName}:${version}`;
  }

  /** @param version as it was given, or 'latest'. @throws RidgelineError ENVIRONMENT_NOT_FOUND */
  async get(name: string, version = 'latest'): Promise<Environment> {
    if (isNode(version === 'latest' ? `azureml:${name}@latest` : `azureml:${name}:${version}`)) {
      return nodeEnvironment;
    }
    return toEnvironment(
      await this.#database.read((reader) => environmentRow(reader, name, version)),
    );
  }

  /** The built-in one, and the latest version of each name, by name. */
  async list(): Promise<readonly Environment[]> {
    const rows = await this.#database.read(latestRows);
    const named = rows.filter(({ name }) => name !== anonymousName);
    return [nodeEnvironment, ...named.map(toEnvironment)];
  }

  /** Newest first. @throws RidgelineError ENVIRONMENT_NOT_FOUND */
  async versions(name: string): Promise<readonly Environment[]> {
    if (name === nodeEnvironment.name) return [nodeEnvironment];
    return (await this.#database.read((reader) => rowsOf(reader, name))).map(toEnvironment);
  }

  /**
   * @param reference as written in a job; null for the default.
   * @throws RidgelineError ENVIRONMENT_NOT_FOUND
   */
  async resolve(reference: string | null): Promise<ResolvedEnvironment> {
    if (isNode(reference)) return { reference: defaultReference, identity: nodeEnvironment.digest };
    const { name, version, digest } = await this.#find(reference ?? defaultReference);
    return { reference: `azureml:${name}:${version}`, identity: digest };
  }

  /** @throws RidgelineError ENVIRONMENT_NOT_FOUND */
  async assertKnown(reference: string | null): Promise<void> {
    await this.resolve(reference);
  }

  /**
   * Makes ready what a step runs in: what an environment consists of is made if it is not there
   * yet, which may take minutes; the step's working folder gets what belongs in there, and nothing
   * that stands in it already is replaced. It can be repeated.
   * @throws RidgelineError ENVIRONMENT_NOT_FOUND, ENVIRONMENT_CANNOT_PREPARE,
   *   ENVIRONMENT_TOOL_MISSING, ENVIRONMENT_NOT_RUNNABLE; the signal's reason when it is aborted
   */
  async prepare(
    reference: string | null,
    codeFolder: string,
    options: PrepareOptions = {},
  ): Promise<PreparedEnvironment> {
    if (isNode(reference)) return { env: await prepareRidgelineNode(codeFolder) };
    const { name, version, content } = await this.#find(reference ?? defaultReference);
    const full = `azureml:${name}:${version}`;
    return { env: await prepareContent(this.#makers, full, JSON.parse(content), options) };
  }

  async #find(reference: string): Promise<EnvironmentsTable> {
    return this.#database.read(async (reader) => {
      const parsed = parseReference(reference);
      if (parsed !== null) return environmentRow(reader, parsed.name, parsed.version);
      const names = (await latestRows(reader)).map(({ name }) => name);
      throw notFound(
        reference,
        names.filter((name) => name !== anonymousName),
      );
    });
  }
}
