// The pipeline's own repository, as pushes are looked for in it: by the `trigger` of the file as the
// pushed commit has it.
import { branchRef, decideOnPush } from '@ridgeline/azure-pipelines';
import type { PushedRepository } from './pushed-repository.ts';
import type { Watched } from './watched.ts';

export function ownRepository(watched: Watched): PushedRepository {
  const { view, heads, pipeline } = watched;
  return {
    view,
    heads,
    mainBranch: branchRef(pipeline.repository.branch),
    keyOf: (ref) => ref,
    async decide(commit, push) {
      const triggers = await watched.triggersAt(commit);
      if (triggers === undefined || typeof triggers === 'string') return triggers;
      const decision = decideOnPush(triggers.push, await push());
      return { ...decision, batch: triggers.push?.batch ?? false };
    },
    happeningOf: (ref, commit) => ({ branch: ref, commit, facts: {} }),
    isRunning: (eventId) => watched.isRunning(eventId),
  };
}
