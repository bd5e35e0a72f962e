// The commands by their names, each read from disk only where it is asked for: to read them all takes
// longer than most of them do.
import type { Command } from 'commander';

/** In the order in which help shows them. */
export const commandLoaders: Readonly<Record<string, () => Promise<Command>>> = {
  up: async () => (await import('./commands/up-command.ts')).upCommand(),
  init: async () => (await import('./commands/init-command.ts')).initCommand(),
  create: async () => (await import('./commands/create-command.ts')).createCommand(),
  job: async () => (await import('./commands/job-command.ts')).jobCommand(),
  schedule: async () => (await import('./commands/schedule-command.ts')).scheduleCommand(),
  component: async () => (await import('./commands/component-command.ts')).componentCommand(),
  compute: async () => (await import('./commands/compute-command.ts')).computeCommand(),
  data: async () => (await import('./commands/data-command.ts')).dataCommand(),
  datastore: async () => (await import('./commands/datastore-command.ts')).datastoreCommand(),
  pipeline: async () => (await import('./commands/pipeline-command.ts')).pipelineCommand(),
  'pipeline-endpoint': async () =>
    (await import('./commands/pipeline-endpoint-command.ts')).pipelineEndpointCommand(),
  model: async () => (await import('./commands/model-command.ts')).modelCommand(),
  endpoint: async () => (await import('./commands/endpoint-command.ts')).endpointCommand(),
  environment: async () => (await import('./commands/environment-command.ts')).environmentCommand(),
  secret: async () => (await import('./commands/secret-command.ts')).secretCommand(),
  events: async () => (await import('./commands/events-command.ts')).eventsCommand(),
  gc: async () => (await import('./commands/gc-command.ts')).gcCommand(),
  webhook: async () => (await import('./commands/webhook-command.ts')).webhookCommand(),
  automl: async () => (await import('./commands/automl-command.ts')).automlCommand(),
  ci: async () => (await import('./ci/ci-command.ts')).ciCommand(),
  'delivery-pipeline': async () =>
    (await import('./commands/delivery-pipeline-command.ts')).deliveryPipelineCommand(),
  build: async () => (await import('./commands/build-command.ts')).buildCommand(),
  agent: async () => (await import('./commands/agent-command.ts')).agentCommand(),
  'variable-group': async () =>
    (await import('./commands/variable-group-command.ts')).variableGroupCommand(),
  'service-connection': async () =>
    (await import('./commands/service-connection-command.ts')).serviceConnectionCommand(),
  'secure-file': async () =>
    (await import('./commands/secure-file-command.ts')).secureFileCommand(),
  'delivery-environment': async () =>
    (await import('./commands/delivery-environment-command.ts')).deliveryEnvironmentCommand(),
  'batch-score': async () =>
    (await import('./commands/batch-score-command.ts')).batchScoreCommand(),
  login: async () => (await import('./commands/login-command.ts')).loginCommand(),
  logout: async () => (await import('./commands/login-command.ts')).logoutCommand(),
  whoami: async () => (await import('./commands/login-command.ts')).whoamiCommand(),
  token: async () => (await import('./commands/token-command.ts')).tokenCommand(),
  user: async () => (await import('./commands/user-command.ts')).userCommand(),
  permission: async () => (await import('./commands/permission-command.ts')).permissionCommand(),
  'service-principal': async () =>
    (await import('./commands/service-principal-command.ts')).servicePrincipalCommand(),
  issuer: async () => (await import('./commands/trust-commands.ts')).issuerCommand(),
  tenant: async () => (await import('./commands/trust-commands.ts')).tenantCommand(),
  keys: async () => (await import('./commands/trust-commands.ts')).keysCommand(),
};
