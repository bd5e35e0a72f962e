// A build that waits for somebody, or for the hour that its checks allow.
import type { Build } from '@ridgeline/client';
import { CliError } from '../../errors.ts';
import { describeQuestion } from '../../output/describe-build.ts';

/** What it waits for, and what lets it go on. */
export function waitingWords({ id, approvals }: Build): string {
  const open = approvals.filter(({ state }) => state === 'pending');
  if (open.length === 0)
    return `build ${id} waits for its checks; 'ridgeline build show ${id}' shows them`;
  const answers = `'ridgeline build approve ${id}' or 'ridgeline build reject ${id}' answers`;
  return `build ${id}: ${open.map(describeQuestion).join(', ')}; ${answers}`;
}

/** For a life whose server ends now: the build stays, and waits. */
export function describeWait(build: Build): CliError {
  const message = `${waitingWords(build)}, once the server runs again without --once`;
  return new CliError('BUILD_WAITS', message);
}
