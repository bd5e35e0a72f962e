// Why nothing of a pipeline's default branch can be built as it stands: a wrong word in its definition
// is told at the first look, and not by a push that starts nothing.
import { branchRef, didYouMean, listNames } from '@ridgeline/azure-pipelines';
import type { TriggerError } from '../trigger-event.ts';
import type { Watched } from './watched.ts';

/** Null also of a repository that nothing was pushed to yet. */
export async function standingProblem(watched: Watched): Promise<TriggerError | null> {
  const { heads, pipeline } = watched;
  const { repository, yamlPath } = pipeline;
  if (heads.size === 0) return null;
  const tip = heads.get(branchRef(repository.branch));
  if (tip === undefined) return noBranch(repository.branch, [...heads.keys()]);
  const triggers = await watched.triggersAt(tip);
  if (typeof triggers === 'string') return { code: 'BUILD_INVALID', message: triggers };
  if (triggers !== undefined) return null;
  const message = `branch '${repository.branch}' has no file '${yamlPath}'; push it, or name another with --yaml-path`;
  return { code: 'BUILD_INVALID', message };
}

function noBranch(name: string, refs: readonly string[]): TriggerError {
  const known = refs.flatMap((ref) => /^refs\/heads\/(.+)$/.exec(ref)?.[1] ?? []);
  const message = `the repository has no branch '${name}'; there is ${listNames(known)}.${didYouMean(name, known)}`;
  return { code: 'REPOSITORY_NOT_READ', message };
}
