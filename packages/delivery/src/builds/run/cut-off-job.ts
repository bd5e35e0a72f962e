// A job that an earlier server of this machine began and did not end: what is known of it.
import type { CutOffJob } from '@ridgeline/azure-pipelines';
import type { BuildSurroundings } from './build-surroundings.ts';
import { recallMemory } from './kept-memory.ts';

const problem = 'the server ended while the job ran; run what has failed again';

export async function cutOffJob(
  jobId: string,
  { build, journal, texts }: BuildSurroundings,
): Promise<CutOffJob> {
  const memory = await recallMemory(texts, build.secret_prefix, jobId);
  return { records: journal.recordsOf(jobId), memory, problem };
}
