// `checkout` of a step: the repository at the commit that the build is pinned to, or at a `ref` that
// the step names.
import { branchRef, type CheckoutOptions, TaskFailure } from '@ridgeline/azure-pipelines';
import { DeliveryError } from '../../errors.ts';
import { checkOutCommit } from '../repository/checkout-commit.ts';
import { resolveCommit } from '../repository/mirrors.ts';
import type { PinnedRepository } from '../repository/pinned-repository.ts';
import type { BuildSurroundings } from './build-surroundings.ts';

export interface CheckoutRequest {
  readonly repository: string;
  readonly ref: string | undefined;
  readonly into: string;
  readonly options: CheckoutOptions;
  readonly signal: AbortSignal;
}

/** @throws TaskFailure */
export async function checkOut(
  { repository, ref, into, options, signal }: CheckoutRequest,
  around: BuildSurroundings,
): Promise<{ readonly commit: string }> {
  const pinned = pinOf(repository, around);
  const { location } = pinned;
  const mirror = around.mirrors.folderOf(location);
  try {
    const wanted = ref === undefined ? pinned : await pinAt(ref, mirror);
    await checkOutCommit({ ...wanted, mirror, location, into, options, signal });
    return { commit: wanted.commit };
  } catch (error) {
    // What git refuses is the step's to tell.
    const message = error instanceof Error ? error.message : String(error);
    throw new TaskFailure(message, { cause: error });
  }
}

function pinOf(repository: string, { kept }: BuildSurroundings): PinnedRepository {
  const { repositories } = kept;
  const found = Object.hasOwn(repositories, repository) ? repositories[repository] : undefined;
  if (found !== undefined) return found;
  const known = Object.keys(repositories).join(', ');
  throw new TaskFailure(
    `The delivery pipeline does not say where the repository '${repository}' lies (known: ${known}); add it to its repositories`,
  );
}

async function pinAt(ref: string, mirror: string) {
  const whole = branchRef(ref);
  const commit = (await resolveCommit(mirror, whole)) ?? (await resolveCommit(mirror, ref));
  if (commit !== undefined) return { ref: whole, commit };
  throw new DeliveryError('REPOSITORY_NOT_READ', `there is no branch, tag or commit '${ref}'`);
}
