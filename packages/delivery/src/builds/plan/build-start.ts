// Whether a build may be asked for so, and the commit that it is built of.
import { DeliveryError } from '../../errors.ts';
import type { BuildRequest } from '../build-request.ts';
import { isBranch } from '../definitions/check-definition.ts';
import type { DeliveryPipeline } from '../delivery-pipeline.ts';
import { type AskedPullRequest, type BuildPullRequest, mergeRefOf } from '../pull-request.ts';
import { type PinnedRepository, pinRepository } from '../repository/pinned-repository.ts';
import { refOf } from './build-context.ts';
import { findPullRequest } from './find-pull-request.ts';
import type { PlanSurroundings } from './plan-build.ts';

export interface BuildStart {
  readonly self: PinnedRepository;
  readonly pullRequest: BuildPullRequest | undefined;
}

/** @throws DeliveryError REPOSITORY_NOT_READ, PULL_REQUEST_CONFLICT, BUILD_INVALID */
export async function startOf(
  request: BuildRequest,
  definition: DeliveryPipeline,
  { mirrors, database }: Pick<PlanSurroundings, 'mirrors' | 'database'>,
): Promise<BuildStart> {
  const { location } = definition.repository;
  const asked = askedPullRequest(request, definition);
  if (asked === undefined) {
    const ref = refOf(request, definition);
    const self = await pinRepository(mirrors, location, ref, request.commit);
    return { self, pullRequest: request.trigger?.pullRequest };
  }
  const mirror = await mirrors.update(location);
  const found = await findPullRequest(asked, definition, mirror, database);
  const { pullRequest, commit } = found;
  const self = await pinRepository(mirrors, location, mergeRefOf(pullRequest.number), commit);
  return { self, pullRequest };
}

/** Whoever names its ref means it, too: it may come from a fork, whatever it is called. */
function askedPullRequest(
  request: BuildRequest,
  definition: DeliveryPipeline,
): AskedPullRequest | undefined {
  if (request.pullRequest !== undefined || request.trigger !== undefined)
    return request.pullRequest;
  const published = /^refs\/(?:pull|merge-requests)\/([1-9]\d{0,8})\//;
  const digits = published.exec(refOf(request, definition))?.[1];
  if (digits === undefined) return undefined;
  if (request.commit !== undefined)
    throw invalid('a pull request is built as it is now; leave the commit out');
  return { number: Number(digits) };
}

/** @throws DeliveryError BUILD_INVALID, DELIVERY_PIPELINE_DISABLED */
export function checkRequest(request: BuildRequest, definition: DeliveryPipeline): void {
  const { name, enabled, variables } = definition;
  if (!enabled)
    throw new DeliveryError(
      'DELIVERY_PIPELINE_DISABLED',
      `delivery pipeline '${name}' is disabled; enable it to start builds`,
    );
  const { branch, commit, pullRequest } = request;
  if (pullRequest !== undefined && (branch !== undefined || commit !== undefined))
    throw invalid('a build is of a pull request, or of a branch and a commit; name one of them');
  if (branch !== undefined && !isBranch(branch))
    throw invalid(`${JSON.stringify(branch)} cannot be the name of a branch`);
  if (commit !== undefined && !/^[0-9a-f]{4,64}$/i.test(commit))
    throw invalid(`${JSON.stringify(commit)} is no commit: expected hexadecimal digits`);
  for (const given of Object.keys(request.variables ?? {})) checkVariable(given, variables);
}

function checkVariable(given: string, variables: DeliveryPipeline['variables']): void {
  const known = variables.find(({ name }) => name.toLowerCase() === given.toLowerCase());
  if (known !== undefined && !known.allowOverride)
    throw invalid(
      `variable '${known.name}' cannot be set when a build is queued; allow that in the definition`,
    );
}

function invalid(message: string): DeliveryError {
  return new DeliveryError('BUILD_INVALID', message);
}
