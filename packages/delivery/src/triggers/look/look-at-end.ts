// The end of a build, or of stages of it, for the pipelines that wait for it by `resources.pipelines`.
import {
  branchRef,
  decideOnCompletion,
  type PipelineResource,
  refOfTriggeredRun,
} from '@ridgeline/azure-pipelines';
import type { Build } from '../../builds/build.ts';
import type { DeliveryPipeline } from '../../builds/delivery-pipeline.ts';
import type { Happening } from '../trigger-event.ts';
import type { Watched } from './watched.ts';

/**
 * @param ended as it is now: all of it may have ended, or stages only.
 * @param from the pipeline of that build.
 */
export async function lookAtEnd(
  watched: Pick<Watched, 'pipeline' | 'heads' | 'triggersAt'>,
  ended: Build,
  from: DeliveryPipeline | undefined,
): Promise<readonly Happening[]> {
  const { pipeline, heads } = watched;
  // One that waited for itself would never end; and what is not merged yet, perhaps of a fork, must
  // not come to pipelines that hold secrets.
  if (pipeline.id === ended.pipelineId || ended.reason === 'PullRequest') return [];
  // What a pipeline waits for stands in its default branch.
  const commit = heads.get(branchRef(pipeline.repository.branch));
  const triggers = commit === undefined ? undefined : await watched.triggersAt(commit);
  if (triggers === undefined || typeof triggers === 'string') return [];
  return triggers.pipelines
    .filter(({ source }) => source.text.toLowerCase() === ended.pipelineName.toLowerCase())
    .flatMap((resource) => happeningsOf(resource, pipeline, ended, from));
}

function happeningsOf(
  { alias, trigger }: PipelineResource,
  pipeline: DeliveryPipeline,
  ended: Build,
  from: DeliveryPipeline | undefined,
): readonly Happening[] {
  const { branch, tags, result } = ended;
  const stages = new Map(
    ended.stages.flatMap(({ id, result: of }) => (of === null ? [] : [[id, of] as const])),
  );
  const run = { branch, tags, stages, ...(result !== null && { result }) };
  const decision = decideOnCompletion(trigger, run);
  if (!decision.runs) return [];
  const { ref, commit = '' } = refOfTriggeredRun(
    { repository: from?.repository.location ?? '', branch, commit: ended.commit },
    { repository: pipeline.repository.location, defaultBranch: pipeline.repository.branch },
  );
  return [
    {
      kind: 'completion',
      key: `completion ${ended.id}.${attemptOf(ended, trigger?.stages ?? [])} ${alias}`,
      source: `completion ${alias}`,
      branch: ref,
      commit,
      reason: 'ResourceTrigger',
      why: `build ${ended.id} of ${ended.pipelineName}: ${decision.why}`,
      facts: { alias, sourceBuildId: ended.id },
    },
  ];
}

/** Of the build; where stages are waited for, theirs: they count once, however often others run. */
function attemptOf({ attempt, stages }: Build, wanted: readonly string[]): string {
  if (wanted.length === 0) return String(attempt);
  const attempts = new Map(stages.map((stage) => [stage.id.toLowerCase(), stage.attempt]));
  return wanted.map((id) => attempts.get(id.toLowerCase()) ?? 0).join('.');
}
