// A server over a socket with a published pipeline, for clients that know nothing of this code.
import path from 'node:path';
import { type RunningServer, startServer } from '../src/start-server.ts';
import { echoDefinition } from './azureml.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What Azure ML called the workspace that its teams have left. */
export const workspaceName = 'mlw-credit-risk';

export interface LivePipeline {
  readonly server: RunningServer;
  readonly pipelineId: string;
  readonly endpointId: string;
  /** As Azure ML's pages show it, with the host of this server. */
  readonly pipelineAddress: string;
  readonly endpointAddress: string;
  /** Asks with the owner's token; gives the JSON. */
  ask(method: string, route: string, body?: object): Promise<Record<string, unknown>>;
}

const azurePath =
  '/subscriptions/48a74bb7-9950-4cc1-9caa-5d50f995cc55/resourceGroups/rg-credit-risk' +
  `/providers/Microsoft.MachineLearningServices/workspaces/${workspaceName}/PipelineRuns`;

export async function startLivePipeline(command?: string): Promise<LivePipeline> {
  const folder = path.join(await temporaryFolder(), 'workspace');
  const server = await startServer({ folder, port: 0, logger: false, workspaceName });
  const ask: LivePipeline['ask'] = async (method, route, body) => {
    const answer = await fetch(server.url + route, {
      method,
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  const definition = echoDefinition(command);
  const submission = { definition, fileName: 'echo.yml', code: {}, uploads: {} };
  const published = await ask('POST', '/api/v1/pipelines', {
    name: 'echo',
    submission,
    endpoint: 'echo',
  });
  const endpoint = await ask('GET', '/api/v1/pipelineEndpoints/echo');
  const base = `${server.url}/pipelines/v1.0${azurePath}`;
  const [pipelineId, endpointId] = [String(published.id), String(endpoint.id)];
  return {
    server,
    ask,
    pipelineId,
    endpointId,
    pipelineAddress: `${base}/PipelineSubmit/${pipelineId}`,
    endpointAddress: `${base}/PipelineEndpointSubmit/Id/${endpointId}`,
  };
}
