// The names and the order of a build's stages and jobs: what is shown of those that have not run.
import type { Pipeline } from '@ridgeline/azure-pipelines';

export interface Outline {
  readonly stages: readonly OutlineStage[];
}

export interface OutlineStage {
  readonly id: string;
  readonly displayName: string;
  readonly dependsOn: readonly string[];
  readonly jobs: readonly { readonly id: string; readonly displayName: string }[];
}

export function outlineOf({ stages }: Pipeline): Outline {
  return {
    stages: stages.map(({ id, displayName, dependsOn, jobs }) => ({
      id,
      displayName: displayName.text,
      dependsOn,
      jobs: jobs.map((job) => ({ id: job.id, displayName: job.displayName.text })),
    })),
  };
}
