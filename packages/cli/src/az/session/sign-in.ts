// A service principal of the workspace, by its secret or by a token of another issuer, and its token made
// fresh when it is about to end.
import { clientCredentialsTokens, hasCode } from '@ridgeline/client';
import { AzError } from '../az-error.ts';
import { howToUseTheRealOne } from '../grammar/find-command.ts';
import { type AzSession, type AzSignIn, keepSession } from './session-file.ts';

// Time for a request that is sent with it.
const marginMs = 60_000;

export interface Principal {
  readonly url: string;
  readonly tenant: string;
  readonly clientId: string;
  readonly proof: { readonly secret: string } | { readonly assertion: string };
}

/** @throws AzError AZ_NOT_SIGNED_IN, which never holds what was sent */
export async function signIn({ url, tenant, clientId, proof }: Principal): Promise<AzSignIn> {
  try {
    const tokens = await clientCredentialsTokens(url, tenant, { clientId, ...proof });
    const { accessToken, expiresAt } = tokens;
    const secret = 'secret' in proof ? proof.secret : null;
    return { url, tenant, clientId, secret, accessToken, expiresAt };
  } catch (error) {
    if (!hasCode(error, 'SIGN_IN_FAILED')) throw error;
    throw refused(url, (error as Error).message.replaceAll(proofText(proof), '***'));
  }
}

function proofText(proof: Principal['proof']): string {
  return 'secret' in proof ? proof.secret : proof.assertion;
}

export async function freshSignIn(
  env: NodeJS.ProcessEnv,
  session: AzSession,
  kept: AzSignIn,
): Promise<AzSignIn> {
  if (kept.expiresAt - marginMs > Date.now()) return kept;
  if (kept.secret === null) {
    const message = "the sign-in with a federated token is over; sign in again by 'az login'";
    throw new AzError('AZ_NOT_SIGNED_IN', message);
  }
  const fresh = await signIn({ ...kept, proof: { secret: kept.secret } });
  await keepSession(env, { ...session, signIn: fresh });
  return fresh;
}

/** Without its cause: whoever has answered may have sent back what it was asked with. */
function refused(url: string, reason: string): AzError {
  const next = `the stand-in signs in to the workspace at ${url}: give it a principal of that workspace ('ridgeline service-principal create'), or let the service connection have the scheme None, which takes the token of the job. ${howToUseTheRealOne}`;
  return new AzError('AZ_NOT_SIGNED_IN', `${reason}; ${next}`);
}
