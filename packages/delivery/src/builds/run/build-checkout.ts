// `checkout` of a step: the repository at the commit that the build is pinned to, or at a `ref` that
// the step names; into a folder of this machine, or packed for another one.
import {
  branchRef,
  type CheckoutOptions,
  checkOutCommit,
  TaskFailure,
} from '@ridgeline/azure-pipelines';
import { DeliveryError } from '../../errors.ts';
import { exportCommit } from '../repository/export-commit.ts';
import { resolveCommit, shown } from '../repository/mirrors.ts';
import type { PinnedRepository } from '../repository/pinned-repository.ts';
import type { BuildSurroundings } from './build-surroundings.ts';

export interface CheckoutRequest {
  readonly repository: string;
  readonly ref: string | undefined;
  readonly into: string;
  readonly options: CheckoutOptions;
  readonly signal: AbortSignal;
}

/** What another machine has to know besides the packed repository. */
export interface PackedCheckout {
  /** Without a name or password. */
  readonly location: string;
  readonly ref: string;
  readonly commit: string;
}

/** @throws TaskFailure */
export async function checkOut(
  { repository, ref, into, options, signal }: CheckoutRequest,
  around: BuildSurroundings,
): Promise<{ readonly commit: string }> {
  return asStep(async () => {
    const { wanted, mirror, location } = await find(repository, ref, around);
    await checkOutCommit({ ...wanted, mirror, location, into, options, signal });
    return { commit: wanted.commit };
  });
}

/** Makes an empty folder a bare repository. @throws TaskFailure */
export async function packCheckout(
  { repository, ref, into, options, signal }: CheckoutRequest,
  around: BuildSurroundings,
): Promise<PackedCheckout> {
  return asStep(async () => {
    const { wanted, mirror, location } = await find(repository, ref, around);
    await exportCommit({ mirror, commit: wanted.commit, into, options, signal });
    return { location: shown(location), ref: wanted.ref, commit: wanted.commit };
  });
}

async function find(repository: string, ref: string | undefined, around: BuildSurroundings) {
  const pinned = pinOf(repository, around);
  const { location } = pinned;
  const mirror = around.mirrors.folderOf(location);
  const { ref: name, commit } = ref === undefined ? pinned : await pinAt(ref, mirror);
  return { wanted: { ref: name, commit }, mirror, location };
}

/** What git refuses is the step's to tell. */
async function asStep<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TaskFailure) throw error;
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
