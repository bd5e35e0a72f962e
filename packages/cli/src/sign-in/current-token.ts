// The token of a sign-in that was kept, made fresh when it is about to end.
import {
  authorizationServerOf,
  clientCredentialsTokens,
  hasCode,
  refreshTokens,
} from '@ridgeline/client';
import { CliError } from '../errors.ts';
import { alone, readCredentials, replaceSignIn, type SignIn } from './credentials-file.ts';

// Time for a request that is sent with it.
const marginMs = 60_000;

/** The address of a server as it is kept: without a slash at its end. */
export function serverAddress(url: string): string {
  return url.replace(/\/+$/, '');
}

/** @throws CliError NOT_SIGNED_IN, SIGN_IN_EXPIRED */
export async function currentToken(url: string): Promise<string> {
  const signIn = await signInTo(url);
  if (isFresh(signIn)) return tokenIn(signIn);
  return alone(async () => {
    // Another process may have been first.
    const again = await signInTo(url);
    if (isFresh(again)) return tokenIn(again);
    const fresh = await renewed(url, again);
    await replaceSignIn(url, fresh);
    return tokenIn(fresh);
  });
}

async function signInTo(url: string): Promise<SignIn> {
  const { servers } = await readCredentials();
  const signIn = Object.hasOwn(servers, url) ? servers[url] : undefined;
  if (signIn !== undefined) return signIn;
  const message = `not signed in to ${url}: type 'ridgeline login --url ${url}', or set RIDGELINE_TOKEN`;
  throw new CliError('NOT_SIGNED_IN', message);
}

function isFresh(signIn: SignIn): boolean {
  return signIn.kind === 'token' || signIn.expiresAt - marginMs > Date.now();
}

function tokenIn(signIn: SignIn): string {
  return signIn.kind === 'token' ? signIn.token : signIn.accessToken;
}

async function renewed(url: string, signIn: SignIn): Promise<SignIn> {
  if (signIn.kind === 'token') return signIn;
  try {
    if (signIn.kind === 'servicePrincipal') {
      const tokens = await clientCredentialsTokens(url, signIn.tenant, signIn);
      return { ...signIn, ...freshPart(tokens) };
    }
    const tokens = await refreshTokens(await authorizationServerOf(url), signIn.refreshToken);
    const refreshToken = tokens.refreshToken ?? signIn.refreshToken;
    return { ...signIn, ...freshPart(tokens), refreshToken };
  } catch (error) {
    if (!hasCode(error, 'SIGN_IN_FAILED')) throw error;
    const message = `the sign-in to ${url} is over: ${(error as Error).message}; type 'ridgeline login --url ${url}'`;
    throw new CliError('SIGN_IN_EXPIRED', message, { cause: error });
  }
}

function freshPart({ accessToken, expiresAt }: { accessToken: string; expiresAt: number }) {
  return { accessToken, expiresAt };
}
