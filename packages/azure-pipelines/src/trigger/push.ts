// Whether a push starts a run, by the `trigger` of the file as it is in what was pushed.
import { isEmpty, passesBranches, passesTags } from './branch-filter.ts';
import { type Decision, runs, runsNot } from './decision.ts';
import { passesPaths } from './path-filter.ts';
import { skipMarkerIn } from './skip-marker.ts';
import { isTagRef, shortName } from './source-branch.ts';
import { impliedPushTrigger, type PushTrigger } from './trigger.ts';

export interface Push {
  /** `refs/heads/…`, `refs/tags/…` or the short name of a branch. */
  readonly ref: string;
  /** Relative to the repository; undefined where nothing can be compared, as for a tag. */
  readonly changedPaths?: readonly string[];
  /** Of the newest commit. */
  readonly message?: string;
}

export function isTriggeredBy(trigger: PushTrigger | undefined, push: Push): boolean {
  return decideOnPush(trigger, push).runs;
}

/** A file without `trigger` takes every branch. */
export function decideOnPush(trigger: PushTrigger | undefined, push: Push): Decision {
  const { enabled, branches, tags, paths } = trigger ?? impliedPushTrigger;
  if (!enabled) return runsNot('the pipeline has "trigger: none"');
  const marker = skipMarkerIn(push.message ?? '');
  if (marker !== undefined) return runsNot(`the commit message says "${marker}"`);
  const name = shortName(push.ref);
  if (isTagRef(push.ref)) return decideOnTag(passesTags(branches, tags, push.ref), name);
  // The documents do not say what `tags` alone means for branches. Whoever writes only tags wants
  // releases to start runs: starting them on every push too would be the worse surprise.
  const isTagsOnly = !isEmpty(tags) && isEmpty(branches) && isEmpty(paths);
  if (isTagsOnly) return runsNot('the trigger names tags only');
  if (!passesBranches(branches, push.ref)) {
    return runsNot(`branch "${name}" does not pass the branch filters`);
  }
  if (push.changedPaths !== undefined && !passesPaths(paths, push.changedPaths)) {
    return runsNot('no changed file passes the path filters');
  }
  return runs(`a push to branch "${name}"`);
}

/** A push to a repository of `resources`: without a trigger of its own it starts nothing. */
export function decideOnResourcePush(trigger: PushTrigger | undefined, push: Push): Decision {
  if (trigger === undefined) return runsNot('the repository resource has no trigger');
  return decideOnPush(trigger, push);
}

function decideOnTag(passes: boolean, name: string): Decision {
  if (passes) return runs(`a push of tag "${name}"`);
  return runsNot(`tag "${name}" does not pass the tag filters; without any, tags start nothing`);
}
