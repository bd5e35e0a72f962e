// `az ml model deploy`: a model version behind an endpoint of the workspace.
import { hasCode, type RidgelineClient } from '@ridgeline/client';
import type { AzCall, AzCommand } from '../az-command.ts';
import { AzError } from '../az-error.ts';
import { flag, workspaceFlags } from '../grammar/flag.ts';
import { readModelId } from '../models/model-id.ts';
import { type DeploymentConfig, readDeploymentConfig } from '../scoring/deployment-config.ts';
import { describeService } from '../scoring/describe-service.ts';
import { servedScript } from '../scoring/entry-script.ts';
import { inferenceConfig } from '../scoring/inference-config.ts';

export const mlModelDeploy: AzCommand = {
  words: ['ml', 'model', 'deploy'],
  about: 'put a model behind an endpoint of the workspace',
  flags: [
    ...workspaceFlags,
    flag.value('--name -n', { isRequired: true }),
    flag.values('--model -m', { isRequired: true }),
    flag.value('--compute-target --ct'),
    flag.value('--inference-config-file --ic'),
    flag.value('--deploy-config-file --dc'),
    flag.value('--entry-script --es'),
    flag.value('--source-directory --sd'),
    flag.value('--conda-file --cf'),
    flag.value('--runtime --rt'),
    flag.switch('--overwrite'),
    flag.value('--cpu-cores --cc', { hasNoEffect: true }),
    flag.value('--memory-gb --gb', { hasNoEffect: true }),
    flag.value('--description', { hasNoEffect: true }),
  ],
  async run(call) {
    const { flags, note } = call;
    const name = flags.required('name');
    const model = readModelId(flags);
    const inference = await inferenceConfig(flags);
    const config = await readDeploymentConfig(flags.one('deploy-config-file'));
    checkTarget(config, call);
    const scoringScript = await servedScript(inference, note);
    tellWhatIsDifferent(call, config, [...inference.ignored, ...config.ignored]);
    const { client } = await call.workspace();
    if (!flags.has('overwrite')) await refuseExisting(client, name);
    const { deploy } = await import('../../submit/deploy.ts');
    const endpoint = await deploy(client, {
      endpointName: name,
      model: { ...model, label: null },
      ...(scoringScript !== undefined && { code: inference.folder, scoringScript }),
      environmentVariables: config.environmentVariables,
    });
    return describeService(endpoint, config.computeType);
  },
};

function checkTarget({ computeType }: DeploymentConfig, { flags }: AzCall): void {
  if (computeType !== 'AKS' || flags.one('compute-target')) return;
  const message = "'computeType: AKS' needs --compute-target with the name of the cluster";
  throw new AzError('AZ_USAGE', message);
}

const places: Readonly<Record<string, string>> = {
  ACI: 'a container instance',
  AKS: 'a service on Kubernetes',
};

function tellWhatIsDifferent(
  { note }: AzCall,
  { computeType, wantsNoKeys }: DeploymentConfig,
  ignored: readonly string[],
): void {
  const place = places[computeType];
  if (place !== undefined)
    note(`a local deployment in the place of ${place}: an endpoint on the workspace's machine`);
  if (wantsNoKeys) note("'authEnabled' is false; an endpoint here asks for its key all the same");
  if (ignored.length > 0) note(`has no effect here: ${ignored.join(', ')}`);
}

async function refuseExisting({ endpoints }: RidgelineClient, name: string): Promise<void> {
  const found = await endpoints.get(name).catch((error: unknown) => {
    if (hasCode(error, 'ENDPOINT_NOT_FOUND')) return null;
    throw error;
  });
  if (found === null) return;
  throw new AzError(
    'AZ_FAILED',
    `there is a service '${name}' already; --overwrite replaces what is behind it`,
  );
}
