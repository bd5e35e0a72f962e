// System.AccessToken: with it the steps of a job may do what a contributor may, until the job ends.
import type { Workspace } from '@ridgeline/workspace';
import type { JobToken, TokenOwner } from './builds/run/build-surroundings.ts';

/** Should the server end before the job, its token does by then. */
const lifeMs = 24 * 60 * 60 * 1000;
const mark = 'build:';

export function jobTokens({
  identity,
}: Pick<Workspace, 'identity'>): (owner: TokenOwner) => Promise<JobToken> {
  return async ({ buildId, job }) => {
    const { id, token } = await identity.tokens.create({
      name: `${mark}${buildId} ${job}`.slice(0, 100),
      owner: { kind: 'token', id: 'admin' },
      atMost: ['Contributor'],
      expiresAt: new Date(Date.now() + lifeMs).toISOString(),
      madeBy: `build ${buildId}`,
    });
    return { value: token, revoke: () => identity.tokens.revoke(id) };
  };
}

/** Whether a caller is a job: what waits for a person is not its to decide. */
export function isJobToken({ kind, name }: { readonly kind: string; readonly name: string }) {
  return kind === 'token' && name.startsWith(mark);
}
