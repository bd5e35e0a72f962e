// Whether a pushed image of a container resource starts a run.
import type { ContainerTrigger } from '../pipeline/resources.ts';
import { passesNames } from './branch-filter.ts';
import { type Decision, runs, runsNot } from './decision.ts';

/** A resource without `trigger` starts nothing; a trigger without tags takes every tag. */
export function decideOnImage(trigger: ContainerTrigger | undefined, tag: string): Decision {
  if (trigger === undefined) return runsNot('the container has no trigger');
  if (trigger.tags === undefined || passesNames(trigger.tags, tag)) {
    return runs(`a push of the image with tag "${tag}"`);
  }
  return runsNot(`tag "${tag}" does not pass the tag filters`);
}
