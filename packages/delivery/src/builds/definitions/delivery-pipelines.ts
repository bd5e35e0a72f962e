// The delivery pipelines of a workspace: names for YAML files of repositories. Their builds are the
// engine's.
import { type GivenVariables, tryGit } from '@ridgeline/azure-pipelines';
import type { Secrets, Workspace } from '@ridgeline/workspace';
import {
  forgetPermittedPipeline,
  renamePermittedPipeline,
} from '../../assets/pipeline-permissions.ts';
import { DeliveryDatabase } from '../../database/delivery-database.ts';
import { DeliveryError } from '../../errors.ts';
import type {
  DefinitionVariable,
  DeliveryPipeline,
  DeliveryPipelineChanges,
  NewDefinitionVariable,
  NewDeliveryPipeline,
  RepositoryPlace,
} from '../delivery-pipeline.ts';
import { checkDefinition, defaultKeepBuilds, defaultYamlPath } from './check-definition.ts';
import { type PipelineRow, pipelineOf } from './pipeline-row.ts';

export interface DeliveryPipelinesOptions {
  readonly workspace: Pick<Workspace, 'database' | 'secrets'>;
  readonly now?: () => number;
}

export class DeliveryPipelines {
  readonly #database: DeliveryDatabase;
  readonly #secrets: Secrets;
  readonly #now: () => number;

  private constructor(database: DeliveryDatabase, secrets: Secrets, now: () => number) {
    this.#database = database;
    this.#secrets = secrets;
    this.#now = now;
  }

  static async open({ workspace, now }: DeliveryPipelinesOptions): Promise<DeliveryPipelines> {
    const database = await DeliveryDatabase.open(workspace.database);
    return new DeliveryPipelines(database, workspace.secrets, now ?? Date.now);
  }

  /** @throws DeliveryError DELIVERY_PIPELINE_INVALID, DELIVERY_PIPELINE_EXISTS */
  async create(asked: NewDeliveryPipeline, createdBy = ''): Promise<DeliveryPipeline> {
    checkDefinition(asked);
    if ((await this.#find(asked.name)) !== null) throw exists(asked.name);
    const now = this.#now();
    const row = {
      ...(await fieldsOf(asked)),
      variables: '[]',
      created_by: createdBy,
      created_at: now,
      updated_at: now,
    };
    const id = await this.#insert(row);
    await this.#keepVariables(id, asked.variables ?? [], []);
    return this.get(asked.name);
  }

  /** @throws DeliveryError DELIVERY_PIPELINE_NOT_FOUND, _INVALID, _EXISTS */
  async update(name: string, changes: DeliveryPipelineChanges): Promise<DeliveryPipeline> {
    const before = await this.get(name);
    const { variables, ...others } = changes;
    const whole = { ...before, ...others, ...(variables !== undefined && { variables }) };
    checkDefinition(whole);
    const other = await this.#find(whole.name);
    if (other !== null && String(other.pipeline_id) !== before.id) throw exists(whole.name);
    const fields = { ...(await fieldsOf(whole)), updated_at: this.#now() };
    await this.#database.write(async (tables) => {
      const update = tables.updateTable('delivery_pipelines').set(fields);
      await update.where('pipeline_id', '=', Number(before.id)).execute();
      await renamePermittedPipeline(tables, before.name, whole.name);
    });
    if (variables !== undefined)
      await this.#keepVariables(Number(before.id), variables, before.variables);
    return this.get(whole.name);
  }

  /** By its name, letter case aside. @throws DeliveryError DELIVERY_PIPELINE_NOT_FOUND */
  async get(name: string): Promise<DeliveryPipeline> {
    const row = await this.#find(name);
    if (row !== null) return pipelineOf(row);
    const message = `there is no delivery pipeline '${name}'; list them with 'ridgeline delivery-pipeline list'`;
    throw new DeliveryError('DELIVERY_PIPELINE_NOT_FOUND', message);
  }

  /** By name. */
  async list(): Promise<readonly DeliveryPipeline[]> {
    const query = this.#database.reader.selectFrom('delivery_pipelines').selectAll();
    return (await query.orderBy('name_key').execute()).map(pipelineOf);
  }

  /** Its builds stay. @throws DeliveryError DELIVERY_PIPELINE_NOT_FOUND, BUILD_STILL_RUNS */
  async delete(name: string): Promise<void> {
    const { id, variables } = await this.get(name);
    await this.#database.write(async (tables) => {
      const open = tables
        .selectFrom('builds')
        .select('build_id')
        .where('status', '!=', 'completed');
      const running = await open.where('pipeline_id', '=', Number(id)).executeTakeFirst();
      if (running !== undefined) throw stillRuns(name, running.build_id);
      for (const table of ['build_counters', 'delivery_pipelines'] as const)
        await tables.deleteFrom(table).where('pipeline_id', '=', Number(id)).execute();
      await forgetPermittedPipeline(tables, name);
    });
    for (const variable of variables)
      if (variable.isSecret) await this.#secrets.delete(secretName(id, variable.name));
  }

  /** With the values of the secret ones. */
  async variablesOf({ id, variables }: DeliveryPipeline): Promise<GivenVariables> {
    const given = variables.map(async ({ name, value, isSecret }) => {
      const text = isSecret ? await this.#secrets.get(secretName(id, name)) : value;
      return [name, { value: text, secret: isSecret }] as const;
    });
    return new Map(await Promise.all(given));
  }

  async #keepVariables(
    id: number,
    variables: readonly NewDefinitionVariable[],
    before: readonly DefinitionVariable[],
  ): Promise<void> {
    const kept: DefinitionVariable[] = [];
    for (const variable of variables) kept.push(await this.#keepVariable(id, variable, before));
    await this.#change(id, { variables: JSON.stringify(kept) });
    const gone = before.filter(({ name, isSecret }) => isSecret && !isSecretIn(kept, name));
    for (const { name } of gone) await this.#secrets.delete(secretName(String(id), name));
  }

  async #keepVariable(
    id: number,
    { name, value, isSecret, allowOverride = false }: NewDefinitionVariable,
    before: readonly DefinitionVariable[],
  ): Promise<DefinitionVariable> {
    const wasSecret = isSecretIn(before, name);
    if (isSecret !== true) return { name, value: value ?? '', isSecret: false, allowOverride };
    if (value === undefined && !wasSecret) throw noValue(name);
    // What is read shows no value of a secret, so that an empty one means that it stays.
    const stays = wasSecret && (value === undefined || value === '');
    if (!stays) await this.#secrets.set(secretName(String(id), name), value ?? '');
    return { name, value: '', isSecret: true, allowOverride };
  }

  async #insert(row: Omit<PipelineRow, 'pipeline_id'>): Promise<number> {
    const { pipeline_id: id } = await this.#database.write((tables) =>
      tables
        .insertInto('delivery_pipelines')
        .values(row)
        .returning('pipeline_id')
        .executeTakeFirstOrThrow(),
    );
    return id;
  }

  async #change(id: number, fields: Partial<PipelineRow>): Promise<void> {
    await this.#database.write((tables) =>
      tables.updateTable('delivery_pipelines').set(fields).where('pipeline_id', '=', id).execute(),
    );
  }

  async #find(name: string): Promise<PipelineRow | null> {
    const query = this.#database.reader.selectFrom('delivery_pipelines').selectAll();
    return (await query.where('name_key', '=', name.toLowerCase()).executeTakeFirst()) ?? null;
  }
}

async function fieldsOf(definition: NewDeliveryPipeline) {
  const { name, repository, yamlPath, repositories = {}, enabled, keepBuilds } = definition;
  const places = Object.entries(repositories).map(
    async ([alias, place]) => [alias, await placeOf(place)] as const,
  );
  const { location, branch } = await placeOf(repository);
  return {
    name,
    name_key: name.toLowerCase(),
    location,
    branch,
    yaml_path: (yamlPath ?? defaultYamlPath).replace(/^\/+/, ''),
    repositories: JSON.stringify(Object.fromEntries(await Promise.all(places))),
    enabled: enabled === false ? 0 : 1,
    keep_builds: keepBuilds ?? defaultKeepBuilds,
  };
}

/** Without a branch, the one that the repository itself has for its own. */
async function placeOf(place: {
  readonly location: string;
  readonly branch?: string;
}): Promise<RepositoryPlace> {
  const { location } = place;
  if (place.branch !== undefined)
    return { location, branch: place.branch.replace(/^refs\/heads\//, '') };
  const said = await tryGit('.', ['ls-remote', '--symref', '--', location, 'HEAD']);
  return { location, branch: /^ref: refs\/heads\/(\S+)/.exec(said ?? '')?.[1] ?? 'main' };
}

function isSecretIn(variables: readonly DefinitionVariable[], wanted: string): boolean {
  const key = wanted.toLowerCase();
  return variables.some(({ name, isSecret }) => isSecret && name.toLowerCase() === key);
}

function secretName(pipelineId: string, variable: string): string {
  return `delivery-pipelines/${pipelineId}/${variable.toLowerCase()}`.slice(0, 255);
}

function exists(name: string): DeliveryError {
  const message = `there is a delivery pipeline '${name}' already; choose another name, or update that one`;
  return new DeliveryError('DELIVERY_PIPELINE_EXISTS', message);
}

function noValue(name: string): DeliveryError {
  const message = `secret variable '${name}' has no value yet; give it one`;
  return new DeliveryError('DELIVERY_PIPELINE_INVALID', message);
}

function stillRuns(name: string, build: number): DeliveryError {
  const message = `build ${build} of '${name}' has not ended; cancel it, or wait for its end`;
  return new DeliveryError('BUILD_STILL_RUNS', message);
}
