// The third pass: an expanded tree becomes a pipeline in normal form, or a list of all its mistakes.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { checkSchema } from '../schema/check-schema.ts';
import { pipelineSchema } from '../schema/pipeline-schema.ts';
import { entryOf, type MappingNode } from '../text/node.ts';
import { checkTriggers } from '../trigger/check-triggers.ts';
import { checkExpressions } from './check/check-expressions.ts';
import { checkReferences } from './check/check-references.ts';
import { checkServerTasks } from './check/check-server-tasks.ts';
import { checkTasks, type TaskCatalogue } from './check/check-tasks.ts';
import { convertPool } from './convert/convert-pool.ts';
import { convertResources, oldCheckoutOptions } from './convert/convert-resources.ts';
import { convertStages, jobNodes, lockBehaviorOf } from './convert/convert-stage.ts';
import {
  convertPullRequestTrigger,
  convertPushTrigger,
  convertSchedules,
} from './convert/convert-trigger.ts';
import { convertVariables } from './convert/convert-variables.ts';
import { implicitStages } from './convert/implicit-stage.ts';
import { flagAt, mappingsAt, nodeAt, present, textAt } from './convert/read-node.ts';
import type { Pipeline } from './pipeline.ts';
import type { Resources } from './resources.ts';

/** Undefined when the sink holds errors, of this pass or of one before it. `tasks`: those that are
 * known; without them any task may be named. */
export function toPipeline(
  root: MappingNode,
  sink: DiagnosticSink,
  tasks?: TaskCatalogue,
): Pipeline | undefined {
  const isWhole = !sink.diagnostics.some(({ code }) => code.startsWith('TEMPLATE_'));
  checkSchema(root, pipelineSchema, 'pipeline', sink);
  const pipeline = convertPipeline(root, isWhole, sink);
  checkReferences(pipeline, sink);
  checkServerTasks(pipeline, sink);
  checkExpressions(pipeline, sink);
  checkTriggers(pipeline, sink);
  if (tasks !== undefined) checkTasks(pipeline, tasks, sink);
  return sink.hasErrors ? undefined : pipeline;
}

function convertPipeline(root: MappingNode, isWhole: boolean, sink: DiagnosticSink): Pipeline {
  const resources = convertResources(root, sink);
  const pool = convertPool(root);
  const around = { ...surroundings(root, resources), ...present({ pool }), isWhole, sink };
  const optional = {
    name: textAt(root, 'name'),
    trigger: convertPushTrigger(nodeAt(root, 'trigger')),
    pr: convertPullRequestTrigger(nodeAt(root, 'pr')),
    lockBehavior: lockBehaviorOf(root),
    pool,
  };
  return {
    ...present(optional),
    appendCommitMessageToRunName: flagAt(root, 'appendCommitMessageToRunName', true),
    schedules: convertSchedules(root),
    resources,
    variables: convertVariables(root, sink),
    stages: convertStages(stageNodes(root, isWhole, sink), around),
    origin: root.origin,
  };
}

function surroundings(root: MappingNode, { containers, pipelines }: Resources) {
  return {
    containers: new Map(containers.map((one) => [one.alias?.toLowerCase() ?? '', one])),
    downloads: ['current', ...pipelines.map(({ alias }) => alias)],
    checkoutOptions: oldCheckoutOptions(root),
  };
}

function stageNodes(
  root: MappingNode,
  isWhole: boolean,
  sink: DiagnosticSink,
): readonly MappingNode[] {
  const stages = mappingsAt(root, 'stages');
  if (entryOf(root, 'stages') !== undefined) {
    if (stages.length === 0 && isWhole) {
      const message = 'The pipeline has no stages. Give it at least one below "stages".';
      sink.report('NOTHING_TO_RUN', nodeAt(root, 'stages')?.origin ?? root.origin, message);
    }
    return stages;
  }
  return implicitStages(root, jobNodes(root));
}
