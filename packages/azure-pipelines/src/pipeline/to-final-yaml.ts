// The final YAML: a pipeline in normal form written out, so that people see what will run. Reading
// it gives the same pipeline again.

import { list, listUnlessEmpty, mapping, type Written } from './final-yaml/final-document.ts';
import { writtenJob } from './final-yaml/final-job.ts';
import { writtenResources } from './final-yaml/final-resources.ts';
import { writtenPool, writtenVariables } from './final-yaml/final-shared.ts';
import {
  writtenPullRequestTrigger,
  writtenPushTrigger,
  writtenSchedules,
} from './final-yaml/final-triggers.ts';
import { type PrintedYaml, printYaml } from './final-yaml/print-yaml.ts';
import type { Pipeline, Stage } from './pipeline.ts';

export function toFinalYaml(pipeline: Pipeline): PrintedYaml {
  return printYaml(
    mapping([
      ['name', pipeline.name],
      ['appendCommitMessageToRunName', unless(true, pipeline.appendCommitMessageToRunName)],
      ['trigger', pipeline.trigger && writtenPushTrigger(pipeline.trigger)],
      ['pr', pipeline.pr && writtenPullRequestTrigger(pipeline.pr)],
      ['schedules', writtenSchedules(pipeline.schedules)],
      ['resources', writtenResources(pipeline.resources)],
      ['variables', writtenVariables(pipeline.variables)],
      ['pool', pipeline.pool && writtenPool(pipeline.pool)],
      ['lockBehavior', pipeline.lockBehavior],
      ['stages', list(pipeline.stages.map((stage, index) => writtenStage(stage, index, pipeline)))],
    ]),
  );
}

function writtenStage(stage: Stage, index: number, { pool, stages }: Pipeline): Written {
  const { origin } = stage;
  return mapping(
    [
      ['stage', { text: stage.id, origin }],
      ['group', stage.group],
      ['displayName', stage.displayName.text === stage.id ? undefined : stage.displayName],
      ['dependsOn', writtenDependencies(stage, stages[index - 1])],
      ['condition', stage.condition],
      ['variables', writtenVariables(stage.variables)],
      ['pool', stage.pool && writtenPool(stage.pool)],
      ['lockBehavior', stage.lockBehavior],
      ['trigger', stage.trigger === 'manual' ? 'manual' : undefined],
      ['isSkippable', unless(true, stage.isSkippable)],
      ['jobs', list(stage.jobs.map((job) => writtenJob(job, stage.pool ?? pool)))],
    ],
    origin,
  );
}

/** Left out where it is what is implied. */
function writtenDependencies({ dependsOn }: Stage, previous: Stage | undefined) {
  const implied = previous === undefined ? [] : [previous.id];
  const isImplied = dependsOn.length === implied.length && dependsOn[0] === implied[0];
  if (isImplied) return undefined;
  return listUnlessEmpty(dependsOn) ?? list([]);
}

function unless(standard: boolean, value: boolean): boolean | undefined {
  return value === standard ? undefined : value;
}
