// The delivery pipelines of a workspace: names for YAML files of repositories. Their builds are the
// engine's.
import type { GivenVariables } from '@ridgeline/azure-pipelines';
import type { Workspace } from '@ridgeline/workspace';
import { DeliveryDatabase } from '../../database/delivery-database.ts';
import type {
  DefinitionVariable,
  DeliveryPipeline,
  DeliveryPipelineChanges,
  NewDefinitionVariable,
  NewDeliveryPipeline,
} from '../delivery-pipeline.ts';
import { checkDefinition } from './check-definition.ts';
import { exists, notFound } from './definition-errors.ts';
import { fieldsOf } from './definition-fields.ts';
import { DefinitionStore } from './definition-store.ts';
import { DefinitionVariables } from './definition-variables.ts';
import { HookSecrets } from './hook-secrets.ts';
import { pipelineOf } from './pipeline-row.ts';

export interface DeliveryPipelinesOptions {
  readonly workspace: Pick<Workspace, 'database' | 'secrets'>;
  readonly now?: () => number;
}

export class DeliveryPipelines {
  readonly hookSecrets: HookSecrets;
  readonly #store: DefinitionStore;
  readonly #variables: DefinitionVariables;
  readonly #now: () => number;

  private constructor(
    store: DefinitionStore,
    variables: DefinitionVariables,
    hookSecrets: HookSecrets,
    now: () => number,
  ) {
    this.hookSecrets = hookSecrets;
    this.#store = store;
    this.#variables = variables;
    this.#now = now;
  }

  static async open({ workspace, now }: DeliveryPipelinesOptions): Promise<DeliveryPipelines> {
    const { secrets } = workspace;
    const clock = now ?? Date.now;
    const database = await DeliveryDatabase.open(workspace.database);
    return new DeliveryPipelines(
      new DefinitionStore(database),
      new DefinitionVariables(secrets),
      new HookSecrets(database, secrets, clock),
      clock,
    );
  }

  /** @throws DeliveryError DELIVERY_PIPELINE_INVALID, DELIVERY_PIPELINE_EXISTS */
  async create(asked: NewDeliveryPipeline, createdBy = ''): Promise<DeliveryPipeline> {
    checkDefinition(asked);
    if ((await this.#store.find(asked.name)) !== null) throw exists(asked.name);
    const now = this.#now();
    const id = await this.#store.insert({
      ...(await fieldsOf(asked)),
      variables: '[]',
      hook_secret_at: null,
      created_by: createdBy,
      created_at: now,
      updated_at: now,
    });
    await this.#keepVariables(String(id), asked.variables ?? [], []);
    return this.get(asked.name);
  }

  /** @throws DeliveryError DELIVERY_PIPELINE_NOT_FOUND, _INVALID, _EXISTS */
  async update(name: string, changes: DeliveryPipelineChanges): Promise<DeliveryPipeline> {
    const before = await this.get(name);
    const { variables, ...others } = changes;
    const whole = { ...before, ...others, ...(variables !== undefined && { variables }) };
    checkDefinition(whole);
    const other = await this.#store.find(whole.name);
    if (other !== null && String(other.pipeline_id) !== before.id) throw exists(whole.name);
    const fields = { ...(await fieldsOf(whole)), updated_at: this.#now() };
    await this.#store.rename(before, fields);
    if (variables !== undefined) await this.#keepVariables(before.id, variables, before.variables);
    return this.get(whole.name);
  }

  /** By its name, letter case aside. @throws DeliveryError DELIVERY_PIPELINE_NOT_FOUND */
  async get(name: string): Promise<DeliveryPipeline> {
    const row = await this.#store.find(name);
    if (row === null) throw notFound(name);
    return pipelineOf(row);
  }

  /** By name. */
  async list(): Promise<readonly DeliveryPipeline[]> {
    return (await this.#store.all()).map(pipelineOf);
  }

  /** Its builds stay. @throws DeliveryError DELIVERY_PIPELINE_NOT_FOUND, BUILD_STILL_RUNS */
  async delete(name: string): Promise<void> {
    const pipeline = await this.get(name);
    await this.#store.delete(pipeline);
    await this.#variables.forget(pipeline.id, pipeline.variables);
    await this.hookSecrets.remove(pipeline);
  }

  /** With the values of the secret ones. */
  async variablesOf(pipeline: DeliveryPipeline): Promise<GivenVariables> {
    return this.#variables.valuesOf(pipeline);
  }

  async #keepVariables(
    id: string,
    variables: readonly NewDefinitionVariable[],
    before: readonly DefinitionVariable[],
  ): Promise<void> {
    const kept = await this.#variables.keep(id, variables, before);
    await this.#store.change(Number(id), { variables: JSON.stringify(kept) });
    await this.#variables.forget(id, before, kept);
  }
}
