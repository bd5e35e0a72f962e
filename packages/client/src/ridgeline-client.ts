// The client: one server, one token, and an object for each noun of the API.

import { AgentsApi } from './api/agents-api.ts';
import { ArtifactsApi } from './api/artifacts-api.ts';
import { BuildsApi } from './api/builds-api.ts';
import { CodeApi } from './api/code-api.ts';
import { ComponentsApi } from './api/components-api.ts';
import { ComputesApi } from './api/computes-api.ts';
import { DataApi } from './api/data-api.ts';
import { DatastoresApi } from './api/datastores-api.ts';
import { WrittenAssetsApi } from './api/delivery-assets-api.ts';
import { DeliveryEnvironmentsApi } from './api/delivery-environments-api.ts';
import { DeliveryPipelinesApi } from './api/delivery-pipelines-api.ts';
import { EndpointsApi } from './api/endpoints-api.ts';
import { EnvironmentsApi } from './api/environments-api.ts';
import { EventsApi } from './api/events-api.ts';
import { ExperimentsApi } from './api/experiments-api.ts';
import { GcApi } from './api/gc-api.ts';
import { JobsApi } from './api/jobs-api.ts';
import { ModelsApi } from './api/models-api.ts';
import { PermissionsApi } from './api/permissions-api.ts';
import { PipelineEndpointsApi } from './api/pipeline-endpoints-api.ts';
import { PipelinesApi } from './api/pipelines-api.ts';
import { RunsApi } from './api/runs-api.ts';
import { SchedulesApi } from './api/schedules-api.ts';
import { SecretsApi } from './api/secrets-api.ts';
import { SecureFilesApi } from './api/secure-files-api.ts';
import { ServicePrincipalsApi } from './api/service-principals-api.ts';
import { TokensApi } from './api/tokens-api.ts';
import { TrustApi } from './api/trust-api.ts';
import { UsersApi } from './api/users-api.ts';
import { WebhooksApi } from './api/webhooks-api.ts';
import { HttpClient, type TokenSource } from './http/http-client.ts';
import { type Clock, systemClock } from './http/retry.ts';
import type {
  NewServiceConnection,
  NewVariableGroup,
  ServiceConnection,
  ServiceConnectionChanges,
  VariableGroup,
  VariableGroupChanges,
} from './wire/delivery-assets.ts';

export interface RidgelineClientOptions {
  /** The server's address, e.g. `http://127.0.0.1:5757`. */
  readonly url: string;
  /** A token, or what gives the one that is valid at the time. */
  readonly token: TokenSource;
  /**
   * How long a call that may be repeated is repeated while the server is away, in ms; 0 means
   * one try. Default 60000: a step outlives a restart of the server.
   */
  readonly retryForMs?: number;
  /** Default: the system's clock. */
  readonly clock?: Clock;
}

const defaultRetryForMs = 60_000;

export class RidgelineClient {
  /** The server's address without a slash at its end. */
  readonly url: string;
  /** What happens, as it happens. */
  readonly events: EventsApi;
  readonly experiments: ExperimentsApi;
  readonly runs: RunsApi;
  readonly artifacts: ArtifactsApi;
  readonly models: ModelsApi;
  readonly data: DataApi;
  readonly datastores: DatastoresApi;
  readonly code: CodeApi;
  readonly components: ComponentsApi;
  readonly computes: ComputesApi;
  readonly jobs: JobsApi;
  readonly schedules: SchedulesApi;
  readonly endpoints: EndpointsApi;
  readonly tokens: TokensApi;
  readonly users: UsersApi;
  /** Of people, on single experiments and registered models. */
  readonly permissions: PermissionsApi;
  readonly servicePrincipals: ServicePrincipalsApi;
  /** Issuers, names of the tenant, signing keys. */
  readonly trust: TrustApi;
  readonly pipelines: PipelinesApi;
  readonly pipelineEndpoints: PipelineEndpointsApi;
  readonly environments: EnvironmentsApi;
  readonly secrets: SecretsApi;
  readonly gc: GcApi;
  readonly webhooks: WebhooksApi;
  readonly deliveryPipelines: DeliveryPipelinesApi;
  readonly builds: BuildsApi;
  /** Machines elsewhere that run jobs of builds. */
  readonly agents: AgentsApi;
  readonly variableGroups: WrittenAssetsApi<VariableGroup, NewVariableGroup, VariableGroupChanges>;
  readonly serviceConnections: WrittenAssetsApi<
    ServiceConnection,
    NewServiceConnection,
    ServiceConnectionChanges
  >;
  readonly secureFiles: SecureFilesApi;
  /** Where deployments go, with the checks that they have to pass. */
  readonly deliveryEnvironments: DeliveryEnvironmentsApi;

  /** @throws ApiError SERVER_URL_INVALID */
  constructor(options: RidgelineClientOptions) {
    const { url, token, retryForMs = defaultRetryForMs, clock = systemClock } = options;
    const http = new HttpClient({ url, token, retryForMs, clock });
    this.url = http.url;
    this.events = new EventsApi(http);
    this.experiments = new ExperimentsApi(http);
    this.runs = new RunsApi(http);
    this.artifacts = new ArtifactsApi(http);
    this.models = new ModelsApi(http);
    this.data = new DataApi(http);
    this.datastores = new DatastoresApi(http);
    this.code = new CodeApi(http);
    this.components = new ComponentsApi(http);
    this.computes = new ComputesApi(http);
    this.jobs = new JobsApi(http, this.events);
    this.schedules = new SchedulesApi(http);
    this.endpoints = new EndpointsApi(http, this.events);
    this.tokens = new TokensApi(http);
    this.users = new UsersApi(http);
    this.permissions = new PermissionsApi(http);
    this.servicePrincipals = new ServicePrincipalsApi(http);
    this.trust = new TrustApi(http);
    this.pipelines = new PipelinesApi(http);
    this.pipelineEndpoints = new PipelineEndpointsApi(http);
    this.environments = new EnvironmentsApi(http);
    this.gc = new GcApi(http);
    this.webhooks = new WebhooksApi(http);
    this.secrets = new SecretsApi(http);
    this.deliveryPipelines = new DeliveryPipelinesApi(http);
    this.builds = new BuildsApi(http, this.events);
    this.agents = new AgentsApi(http);
    this.variableGroups = new WrittenAssetsApi(http, 'variable-groups');
    this.serviceConnections = new WrittenAssetsApi(http, 'service-connections');
    this.secureFiles = new SecureFilesApi(http);
    this.deliveryEnvironments = new DeliveryEnvironmentsApi(http);
  }
}
