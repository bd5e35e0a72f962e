// The artifacts of another pipeline's run.
import type { RunSelector } from '../task/task-host.ts';
import { TaskFailure } from '../task/task-outcome.ts';
import { findRun, wantedBy } from './find-run.ts';
import type { LocalSurroundings } from './local-surroundings.ts';

/** Their folder. @throws TaskFailure */
export async function findRunArtifacts(
  selector: RunSelector,
  { store, journal, pipeline }: LocalSurroundings,
): Promise<string> {
  const { pipelines } = pipeline.resources;
  const run = await findRun(selector, pipelines, store, journal.record.number);
  if (run !== undefined) return store.folderOf(run.number).artifacts;
  const { name } = wantedBy(selector, pipelines);
  throw new TaskFailure(
    `No run of the pipeline '${name}' that would do is kept here; run it first, with --name '${name}'`,
  );
}
