// A pipeline job: its graph, and how it is to run.
import { withDependencies } from '../graph/dependencies.ts';
import type { PipelineJob, PipelineSettings } from '../job/job-types.ts';
import type { MapToken } from '../text/token.ts';
import { resourceNameAt } from './check-strings.ts';
import { convertGraph } from './convert-graph.ts';
import { convertJobFields } from './convert-job-fields.ts';
import type { FileScope } from './file-scope.ts';
import { booleanAt, mapAt } from './read-token.ts';

export function convertPipeline(root: MapToken, file: FileScope): PipelineJob {
  const { inputs, outputs, steps } = convertGraph(root, file);
  return {
    type: 'pipeline',
    ...convertJobFields(root, file.sink),
    settings: convertSettings(root, file),
    inputs,
    outputs,
    steps: withDependencies(steps),
  };
}

function convertSettings(root: MapToken, { sink }: FileScope): PipelineSettings {
  const settings = mapAt(root, 'settings');
  const compute = resourceNameAt(root, 'compute', sink);
  return {
    defaultCompute: resourceNameAt(settings, 'default_compute', sink) ?? compute,
    defaultDatastore: resourceNameAt(settings, 'default_datastore', sink),
    continueOnStepFailure: booleanAt(settings, 'continue_on_step_failure') ?? false,
    forceRerun: booleanAt(settings, 'force_rerun') ?? false,
  };
}
