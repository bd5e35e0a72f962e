import { Delivery } from '@ridgeline/delivery';
import { openEndpointManager } from '@ridgeline/endpoints';
import { JobEngine, PublishedPipelines, Schedules } from '@ridgeline/jobs';
import { openWorkspace } from '@ridgeline/workspace';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { buildApp } from './app.ts';

test('requests wait until the server has started', async () => {
  const workspace = await openWorkspace({ folder: await temporaryFolder() });
  const jobs = await JobEngine.open(workspace, {
    trackingUrl: () => '',
    onInternalError: () => {},
  });
  const endpoints = await openEndpointManager(workspace, { publicUrl: () => '' });
  const pipelines = await PublishedPipelines.open(workspace, jobs);
  const schedules = await Schedules.open({ workspace, jobs, pipelines, onInternalError: () => {} });
  const quiet = { serverUrl: () => '', onInternalError: () => {} };
  const delivery = await Delivery.open(workspace, quiet);
  const engines = { jobs, endpoints, pipelines, schedules, delivery };
  const context = { workspace, ...engines, workspaceName: 'ridgeline' };
  const { promise: started, resolve: start } = Promise.withResolvers<void>();
  const options = { logger: false, allowedHosts: [], started };
  const app = await buildApp(context, options);
  const order: string[] = [];
  const asked = app.inject('/health').then(() => order.push('answered'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  order.push('started');
  start();
  await asked;
  expect(order).toEqual(['started', 'answered']);
  await app.close();
  await workspace.close();
});
