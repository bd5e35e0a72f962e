// Where a workspace takes runs of published pipelines: from the connection's address, or from the
// region and workspace that it is scoped to.

import { connectionValue, type ServiceConnection } from '../service-connection.ts';
import { TaskFailure } from '../task-outcome.ts';

/** Without a slash at its end. */
export function pipelineRunsUrl(connection: ServiceConnection): string {
  const part = (name: string, ...others: readonly string[]) =>
    encodeURIComponent(required(connection, [name, ...others]));
  const workspace = [
    `subscriptions/${part('subscriptionId')}`,
    `resourceGroups/${part('resourceGroupName', 'resourceGroup')}`,
    'providers/Microsoft.MachineLearningServices',
    `workspaces/${part('mlWorkspaceName', 'workspaceName')}`,
  ].join('/');
  return `${hostOf(connection)}/pipelines/v1.0/${workspace}/PipelineRuns`;
}

/** The general address of Azure says nothing of the region, without which there is no host. */
function hostOf(connection: ServiceConnection): string {
  const url = connection.url?.replace(/\/+$/, '') ?? '';
  if (url !== '' && !/^https:\/\/management\.azure\.com$/i.test(url)) return url;
  const region = required(connection, ['mlWorkspaceLocation', 'location']);
  if (/^[a-z0-9]+$/i.test(region)) return `https://${region.toLowerCase()}.api.azureml.ms`;
  throw new TaskFailure(
    `The service connection '${connection.name}' has the location '${region}'; expected a region such as centralus`,
  );
}

function required(connection: ServiceConnection, names: readonly string[]): string {
  for (const name of names) {
    const value = connectionValue(connection, name);
    if (value !== undefined && value !== '') return value;
  }
  throw new TaskFailure(
    `The service connection '${connection.name}' has no '${names[0] ?? ''}', so the workspace's address is not known. Give it the scope of a machine learning workspace.`,
  );
}
