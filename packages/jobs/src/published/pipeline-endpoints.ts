// Pipeline endpoints: addresses that stay while the published pipelines behind them are replaced.
import { randomUUID } from 'node:crypto';
import type { WorkspaceDatabase } from '@ridgeline/workspace';
import { JobError } from '../errors.ts';
import type { Job } from '../job/job.ts';
import { checkPipelineDescription, checkPipelineName } from './check-publication.ts';
import { describeEndpoint } from './describe-published.ts';
import { PipelineEndpointStore, type StoredPipelineEndpoint } from './pipeline-endpoint-store.ts';
import type {
  NewPipelineEndpoint,
  PipelineEndpoint,
  PipelineStart,
  PublishedPipeline,
  PublishedStatus,
  Starter,
} from './published-pipeline.ts';

/** What stands behind the endpoints. */
interface Pipelines {
  get(id: string): Promise<PublishedPipeline>;
  submit(id: string, start: PipelineStart, starter: Starter): Promise<Job>;
}

/** How many versions one endpoint may have. */
const maxVersions = 10_000;

export class PipelineEndpoints {
  readonly #store: PipelineEndpointStore;
  readonly #pipelines: Pipelines;
  readonly #now: () => number;

  constructor(database: WorkspaceDatabase, pipelines: Pipelines, now: () => number) {
    this.#store = new PipelineEndpointStore(database);
    this.#pipelines = pipelines;
    this.#now = now;
  }

  /** @throws JobError PIPELINE_INVALID, PIPELINE_NOT_FOUND, PIPELINE_ENDPOINT_EXISTS */
  async create(
    { name, description = '', pipelineId }: NewPipelineEndpoint,
    { submittedBy = '' }: Starter = {},
  ): Promise<PipelineEndpoint> {
    checkPipelineName('pipeline endpoint', name);
    checkPipelineDescription(description);
    const { id: pipeline_id } = await this.#pipelines.get(pipelineId);
    const endpoint_id = randomUUID();
    const row = { endpoint_id, name, description, created_by: submittedBy, pipeline_id };
    await this.#store.insert(row, this.#now());
    return this.get(endpoint_id);
  }

  /**
   * @param idOrName a GUID is an id; anything else a name.
   * @throws JobError PIPELINE_ENDPOINT_NOT_FOUND
   */
  async get(idOrName: string): Promise<PipelineEndpoint> {
    return describeEndpoint(await this.#find(idOrName));
  }

  /** @throws JobError PIPELINE_ENDPOINT_NOT_FOUND */
  async getByName(name: string): Promise<PipelineEndpoint> {
    const found = await this.#store.findByName(name);
    if (found === null) throw notFound('name', name);
    return describeEndpoint(found);
  }

  /** The newest first. */
  async list(limit: number): Promise<readonly PipelineEndpoint[]> {
    return (await this.#store.list(limit)).map(describeEndpoint);
  }

  /** @throws JobError PIPELINE_ENDPOINT_NOT_FOUND, PIPELINE_NOT_FOUND, PIPELINE_INVALID */
  async addVersion(
    idOrName: string,
    pipelineId: string,
    { isDefault = true }: { readonly isDefault?: boolean | undefined } = {},
  ): Promise<PipelineEndpoint> {
    const { endpoint, versions } = await this.#find(idOrName);
    const { id } = await this.#pipelines.get(pipelineId);
    if (versions.length >= maxVersions) {
      const message = `pipeline endpoint '${endpoint.name}' has ${maxVersions} versions, which is all that it may have; make another endpoint`;
      throw new JobError('PIPELINE_INVALID', message);
    }
    await this.#store.append(endpoint.endpoint_id, id, { isDefault, now: this.#now() });
    return this.get(endpoint.endpoint_id);
  }

  /** @throws JobError PIPELINE_ENDPOINT_NOT_FOUND, PIPELINE_INVALID */
  async setDefault(idOrName: string, version: string): Promise<PipelineEndpoint> {
    const stored = await this.#find(idOrName);
    const default_version = Number(versionOf(stored, version).version);
    return this.#update(stored, { default_version });
  }

  /** @throws JobError PIPELINE_ENDPOINT_NOT_FOUND */
  async setStatus(idOrName: string, status: PublishedStatus): Promise<PipelineEndpoint> {
    return this.#update(await this.#find(idOrName), { status });
  }

  /**
   * Starts the pipeline behind an endpoint.
   * @param version default: the endpoint's own default version.
   * @throws JobError PIPELINE_ENDPOINT_NOT_FOUND, PIPELINE_ENDPOINT_DISABLED, PIPELINE_INVALID, and
   *   what starting the pipeline throws
   */
  async submit(
    idOrName: string,
    start: PipelineStart = {},
    { version, ...starter }: Starter & { readonly version?: string | undefined } = {},
  ): Promise<Job> {
    const stored = await this.#find(idOrName);
    const { endpoint } = stored;
    if (endpoint.status === 'Disabled') throw disabled(endpoint.name, endpoint.endpoint_id);
    const wanted = version ?? String(endpoint.default_version);
    const { pipeline_id: pipelineId } = versionOf(stored, wanted);
    const pipelineEndpointId = endpoint.endpoint_id;
    return this.#pipelines.submit(pipelineId, start, { ...starter, pipelineEndpointId });
  }

  async #update(
    { endpoint }: StoredPipelineEndpoint,
    change: Parameters<PipelineEndpointStore['update']>[1],
  ): Promise<PipelineEndpoint> {
    await this.#store.update(endpoint.endpoint_id, { ...change, updated_at: this.#now() });
    return this.get(endpoint.endpoint_id);
  }

  async #find(idOrName: string): Promise<StoredPipelineEndpoint> {
    const isId = guid.test(idOrName);
    const found = isId
      ? await this.#store.findById(idOrName.toLowerCase())
      : await this.#store.findByName(idOrName);
    if (found === null) throw notFound(isId ? 'id' : 'name', idOrName);
    return found;
  }
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function versionOf({ endpoint, versions }: StoredPipelineEndpoint, wanted: string) {
  const found = versions.find(({ version }) => String(version) === wanted);
  if (found !== undefined) return found;
  const last = versions.at(-1)?.version ?? 0;
  const shown = wanted.slice(0, 60).toWellFormed();
  const message = `pipeline endpoint '${endpoint.name}' has no version '${shown}'; it has 0 to ${last}`;
  throw new JobError('PIPELINE_INVALID', message);
}

function notFound(by: 'id' | 'name', value: string): JobError {
  const message =
    `no pipeline endpoint has the ${by} '${value.slice(0, 60).toWellFormed()}'; ` +
    "'ridgeline pipeline-endpoint list' shows those there are";
  return new JobError('PIPELINE_ENDPOINT_NOT_FOUND', message);
}

function disabled(name: string, id: string): JobError {
  const message =
    `pipeline endpoint '${name}' (${id}) is disabled; 'ridgeline pipeline-endpoint enable ${id}' ` +
    'lets it be called again';
  return new JobError('PIPELINE_ENDPOINT_DISABLED', message);
}
