// A pipeline job: its ports, its steps and the graph that they make.
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { findCycles } from '../graph/find-cycles.ts';
import type { CommandStep, PipelineJob, PipelineSettings } from '../job/job-types.ts';
import type { MapToken } from '../text/token.ts';
import { resourceNameAt } from './check-strings.ts';
import { convertInputs } from './convert-input.ts';
import { convertJobFields } from './convert-job-fields.ts';
import { convertJobOutputs } from './convert-output.ts';
import { convertStep, convertStepOutputs } from './convert-step.ts';
import type { PipelineScope } from './pipeline-scope.ts';
import { booleanAt, entriesAt, mapAt } from './read-token.ts';

export function convertPipeline(root: MapToken, sink: DiagnosticSink): PipelineJob {
  const scope: PipelineScope = {
    inputs: convertInputs(root, sink),
    outputs: convertJobOutputs(root, sink),
    stepOutputs: new Map(),
    edges: [],
  };
  const entries = [...entriesAt(root, 'jobs').values()];
  for (const entry of entries)
    scope.stepOutputs.set(entry.key, convertStepOutputs(entry, scope, sink));
  const steps = new Map<string, CommandStep>();
  for (const entry of entries) steps.set(entry.key, convertStep(entry, scope, sink));
  reportCycles(scope, sink);
  reportUnproduced(root, scope, sink);
  return {
    type: 'pipeline',
    ...convertJobFields(root, sink),
    settings: convertSettings(root, sink),
    inputs: scope.inputs,
    outputs: scope.outputs,
    steps,
  };
}

function convertSettings(root: MapToken, sink: DiagnosticSink): PipelineSettings {
  const settings = mapAt(root, 'settings');
  const compute = resourceNameAt(root, 'compute', sink);
  return {
    defaultCompute: resourceNameAt(settings, 'default_compute', sink) ?? compute,
    defaultDatastore: resourceNameAt(settings, 'default_datastore', sink),
    continueOnStepFailure: booleanAt(settings, 'continue_on_step_failure') ?? false,
    forceRerun: booleanAt(settings, 'force_rerun') ?? false,
  };
}

function reportCycles(scope: PipelineScope, sink: DiagnosticSink): void {
  for (const { steps, closedBy } of findCycles(scope.stepOutputs.keys(), scope.edges)) {
    const circle = [...steps, steps[0]].map((step) => `'${step}'`).join(' → ');
    const message = `steps wait for each other: ${circle}; remove one of these dependencies`;
    sink.report('PIPELINE_CYCLE', closedBy.offset, message);
  }
}

function reportUnproduced(root: MapToken, scope: PipelineScope, sink: DiagnosticSink): void {
  for (const entry of entriesAt(root, 'outputs').values()) {
    if (scope.outputs.get(entry.key)?.producer !== null) continue;
    const message = `no step writes the pipeline output '${entry.key}'; bind a step's output to it with \${{parent.outputs.${entry.key}}}`;
    sink.report('OUTPUT_NOT_PRODUCED', entry.keyOffset, message);
  }
}
