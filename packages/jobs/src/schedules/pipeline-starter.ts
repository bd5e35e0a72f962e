// Starts published pipelines for schedules: one by its id, the newest of a name, or what stands
// behind an endpoint at that moment.
import { JobError } from '../errors.ts';
import type { PipelineStart, PublishedPipeline } from '../published/published-pipeline.ts';
import type { PublishedPipelines } from '../published/published-pipelines.ts';
import { type PipelineStarter, type StartRequest, scheduleProperty } from './job-starter.ts';

export function pipelineStarter(pipelines: PublishedPipelines): PipelineStarter {
  return {
    async check(request) {
      await pipelines.checkStart(await pipelineOf(pipelines, request), given(request));
    },

    // The source of its jobs stays the pipeline, by which its runs are found.
    async start(request, { jobId, submittedBy }) {
      const { pipeline = '', pipelineEndpoint, version } = request.start;
      const by = { jobId, submittedBy };
      if (pipelineEndpoint !== undefined) {
        await pipelines.endpoints.submit(pipelineEndpoint, given(request), { ...by, version });
      } else {
        const { id } = await find(pipelines, pipeline);
        await pipelines.submit(id, given(request), by);
      }
    },
  };
}

function given({ schedule, inputs, experimentName }: StartRequest): PipelineStart {
  return {
    inputs,
    experimentName: experimentName ?? undefined,
    properties: { [scheduleProperty]: schedule },
  };
}

// What would be started now.
async function pipelineOf(
  pipelines: PublishedPipelines,
  { start: { pipeline = '', pipelineEndpoint, version } }: StartRequest,
): Promise<string> {
  if (pipelineEndpoint === undefined) return (await find(pipelines, pipeline)).id;
  const endpoint = await pipelines.endpoints.get(pipelineEndpoint);
  const wanted = version ?? endpoint.defaultVersion;
  const found = endpoint.versions.find((each) => each.version === wanted);
  if (found !== undefined) return found.pipelineId;
  const message = `pipeline endpoint '${endpoint.name}' has no version '${wanted.slice(0, 60).toWellFormed()}'`;
  throw new JobError('PIPELINE_INVALID', message);
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

// Of a name the newest that is not disabled.
async function find(pipelines: PublishedPipelines, idOrName: string): Promise<PublishedPipeline> {
  if (guid.test(idOrName)) return pipelines.get(idOrName);
  const [active] = await pipelines.list({ name: idOrName, status: 'Active', limit: 1 });
  if (active !== undefined) return active;
  const [disabled] = await pipelines.list({ name: idOrName, limit: 1 });
  const shown = idOrName.slice(0, 60).toWellFormed();
  if (disabled !== undefined) {
    const message = `every pipeline '${shown}' is disabled; 'ridgeline pipeline enable' lets one be started again`;
    throw new JobError('PIPELINE_DISABLED', message);
  }
  const message = `no pipeline is published as '${shown}'; 'ridgeline pipeline list' shows those there are`;
  throw new JobError('PIPELINE_NOT_FOUND', message);
}
