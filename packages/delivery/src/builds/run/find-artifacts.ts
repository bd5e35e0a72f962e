// The artifacts of another build that a step downloads: of a resource those that the build was
// queued with, else of the newest good one.
import { type RunSelector, TaskFailure, wantedBy } from '@ridgeline/azure-pipelines';
import { findBuild, findBuildById } from '../plan/find-build.ts';
import type { BuildSurroundings } from './build-surroundings.ts';

/** Their folder. @throws TaskFailure */
export async function findArtifacts(
  selector: RunSelector,
  around: BuildSurroundings,
): Promise<string> {
  const found = await find(selector, around);
  if (found !== undefined) return around.paths.build(Number(found.id)).artifacts;
  const { name } = wantedBy(selector, around.pipeline.resources.pipelines);
  throw new TaskFailure(
    `No build of the delivery pipeline '${name}' that would do is kept here; run it first`,
  );
}

async function find(selector: RunSelector, { store, kept, pipeline, build }: BuildSurroundings) {
  const { reader } = store.database;
  const { resources } = kept;
  if (selector.kind === 'resource') {
    const id = Object.hasOwn(resources, selector.alias) ? resources[selector.alias] : undefined;
    if (id !== undefined) return findBuildById(reader, id);
  } else if (selector.preferTriggering === true && build.triggered_by !== null) {
    const before = await findBuildById(reader, String(build.triggered_by));
    if (before?.pipelineName.toLowerCase() === selector.pipeline.toLowerCase()) return before;
  }
  return findBuild(reader, selector, pipeline.resources.pipelines, build.build_id);
}
