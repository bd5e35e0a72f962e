// A managed online deployment.
import { environmentVariables, notBuilt, prose, string, textMap } from './common-schemas.ts';
import type { ObjectSchema } from './schema-types.ts';

export const deploymentSchema: ObjectSchema = {
  kind: 'object',
  title: 'a deployment',
  required: ['name', 'endpoint_name', 'model'],
  keys: {
    $schema: string,
    type: {
      kind: 'string',
      allowed: ['managed'],
      notBuilt: { kubernetes: 'Kubernetes deployments' },
    },
    name: { kind: 'string', name: 'endpointName' },
    endpoint_name: { kind: 'string', name: 'endpointName' },
    description: prose,
    tags: textMap,
    properties: textMap,
    model: {
      kind: 'shortOrLong',
      short: string,
      long: notBuilt('an inline model', "register it and write 'azureml:name:version'"),
    },
    code_configuration: {
      kind: 'object',
      title: 'a code configuration',
      required: ['code', 'scoring_script'],
      keys: { code: string, scoring_script: string },
    },
    environment: {
      kind: 'shortOrLong',
      short: string,
      long: notBuilt(
        'an inline environment of a deployment',
        "register it with 'ridgeline create -f environment.yml' and name it: 'azureml:NAME@latest'",
      ),
    },
    environment_variables: environmentVariables,
    instance_count: { kind: 'integer', only: { value: 1, otherwise: 'more than one instance' } },
    instance_type: { ...string, noEffect: 'the deployment runs on this machine' },
    request_settings: {
      kind: 'object',
      title: 'request settings',
      keys: {
        request_timeout_ms: { kind: 'integer', minimum: 1, maximum: 180_000 },
        max_concurrent_requests_per_instance: notBuilt('request limits'),
        max_queue_wait_ms: notBuilt('request queues'),
      },
    },
    app_insights_enabled: notBuilt('Application Insights'),
    scale_settings: notBuilt('scaling'),
    liveness_probe: notBuilt('probe settings'),
    readiness_probe: notBuilt('probe settings'),
    egress_public_network_access: notBuilt('network rules'),
    private_network_connection: notBuilt('network rules'),
    data_collector: notBuilt('data collection'),
    model_mount_path: notBuilt('containers'),
    resources: notBuilt('Kubernetes resources'),
  },
};
