// The addresses of Azure ML's REST APIs, as its first SDK and those who call it by hand know them.
// They are data: the routes are made from them, and so is the rule that finds a route whatever case
// a client writes its words in.

/** What stands for the workspace in Azure's addresses; its subscription and group may be any. */
const workspace =
  '/subscriptions/:subscription/resourceGroups/:resourceGroup/providers/Microsoft.MachineLearningServices/workspaces/:workspace';

const pipelines = `/pipelines/v1.0${workspace}`;
const history = `/history/v1.0${workspace}`;
const services = `/modelmanagement/v1.0${workspace}/services`;

export const defaultWorkspaceName = 'ridgeline';

export const pipelineAddresses = {
  submit: `${pipelines}/PipelineRuns/PipelineSubmit/:pipelineId`,
  submitEndpoint: `${pipelines}/PipelineRuns/PipelineEndpointSubmit/Id/:endpointId`,
  submitEndpointByName: `${pipelines}/PipelineRuns/PipelineEndpointSubmit/Name/:name`,
  runsOfPipeline: `${pipelines}/PipelineRuns/Pipeline/:pipelineId`,
  run: `${pipelines}/PipelineRuns/:runId`,
  cancel: `${pipelines}/PipelineRuns/:runId/Cancel`,
  swagger: '/pipelines/swagger/pipelineendpointsubmit/swagger.json',
} as const;

export const historyAddresses = {
  run: `${history}/runs/:runId`,
  details: `${history}/runs/:runId/details`,
  children: `${history}/runs/:runId/children`,
  contentInfo: `${history}/runs/:runId/artifacts/contentinfo`,
  experimentRun: `${history}/experiments/:experiment/runs/:runId`,
  experimentDetails: `${history}/experiments/:experiment/runs/:runId/details`,
  experimentChildren: `${history}/experiments/:experiment/runs/:runId/children`,
  experimentContentInfo: `${history}/experiments/:experiment/runs/:runId/artifacts/contentinfo`,
  experimentIdDetails: `${history}/experimentids/:experimentId/runs/:runId/details`,
  /** Azure writes `runs:query`, which is taken as well; a colon begins a name in our routes. */
  query: `${history}/experiments/:experiment/runs/query`,
  /** Ours: where `contentinfo` sends its callers. */
  content: '/history/v1.0/content/:runId',
} as const;

export const serviceAddresses = {
  list: services,
  one: `${services}/:name`,
  keys: `${services}/:name/listkeys`,
} as const;

export const azureAddresses: readonly string[] = [
  ...Object.values(pipelineAddresses),
  ...Object.values(historyAddresses),
  ...Object.values(serviceAddresses),
];

/** MLflow's API below a workspace is the same as at the server's root. */
export const mlflowBelowWorkspace = new RegExp(
  `^/mlflow/v[12]\\.0${workspace.replaceAll('.', '\\.').replace(':workspace', '([^/]+)').replace(/:\w+/g, '[^/]+')}(/(?:ajax-)?api/.*)$`,
  'i',
);

/** The address that starts a pipeline, for people to copy. */
export function submitAddress(
  origin: string,
  workspaceName: string,
  kind: 'submit' | 'submitEndpoint',
  id: string,
): string {
  const path = pipelineAddresses[kind]
    .replace(':subscription', '00000000-0000-0000-0000-000000000000')
    .replace(':resourceGroup', 'ridgeline')
    .replace(':workspace', encodeURIComponent(workspaceName))
    .replace(/:\w+$/, id);
  return `${origin}${path}`;
}

/** The first parts of the addresses: each has its own error answers. */
export const azurePrefixes = {
  pipelines: '/pipelines',
  history: '/history',
  services: '/modelmanagement',
} as const;

/** An address below its first part. */
export function routePath(address: string): string {
  return address.replace(/^\/\w+/, '');
}
