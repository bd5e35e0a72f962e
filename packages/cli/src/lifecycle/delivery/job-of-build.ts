// The job of the workspace that a build has started: it carries the build's number as its tag.
import type { Job, RidgelineClient } from '@ridgeline/client';

/** Others may have come since, though hardly so many. */
const looksBack = 50;

export async function jobOfBuild(client: RidgelineClient, build: string): Promise<Job | null> {
  const jobs = await client.jobs.list({ limit: looksBack });
  return jobs.find(({ tags }) => tags.BuildId === build) ?? null;
}
