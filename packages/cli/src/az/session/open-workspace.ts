// The workspace that a call is for: the one that `az login` signed in to, the one that the step's
// environment names, or the one that every command of `ridgeline` would take.
import { RidgelineClient } from '@ridgeline/client';
import { defaultWorkspace } from '../../connection/common-options.ts';
import { type Connection, findConnection, serverUrl } from '../../connection/connect.ts';
import { CliError } from '../../errors.ts';
import { AzError } from '../az-error.ts';
import { type AzSession, readSession } from './session-file.ts';
import { freshSignIn } from './sign-in.ts';

/** A workspace has none; this one stands in its addresses. */
const noSubscription = '00000000-0000-0000-0000-000000000000';

export interface Workspace {
  readonly client: RidgelineClient;
  readonly subscription: string;
  /** Null: nobody has signed in by `az login`. */
  readonly principal: string | null;
  /** Made fresh where it is about to end. */
  token(): Promise<{ readonly value: string; readonly expiresAt: number | null }>;
}

/** @throws AzError, CliError NOT_CONNECTED, NOT_SIGNED_IN, SIGN_IN_EXPIRED */
export async function openWorkspace(env: NodeJS.ProcessEnv): Promise<Workspace> {
  const session = await readSession(env);
  const subscription = session.subscription ?? noSubscription;
  const { url, ...rest } = await signedIn(env, session);
  const client = new RidgelineClient({
    url,
    token: async () => (await rest.token()).value,
    retryForMs: 3_000,
  });
  return { client, subscription, ...rest };
}

/** The address to sign in to. @throws CliError NOT_CONNECTED */
export function workspaceUrl(env: NodeJS.ProcessEnv): Promise<string> {
  return serverUrl({ workspace: env.RIDGELINE_WORKSPACE ?? defaultWorkspace });
}

async function signedIn(env: NodeJS.ProcessEnv, session: AzSession) {
  const { signIn: kept } = session;
  if (kept === null) return byEnvironment(env);
  const fresh = await freshSignIn(env, session, kept);
  const token = async () => ({ value: fresh.accessToken, expiresAt: fresh.expiresAt });
  return { url: fresh.url, principal: fresh.clientId, token };
}

async function byEnvironment(env: NodeJS.ProcessEnv) {
  const connection = await namedOrFound(env);
  const source = connection.token;
  const token = async () => ({
    value: typeof source === 'string' ? source : await source(),
    expiresAt: null,
  });
  return { url: connection.url, principal: null, token };
}

async function namedOrFound(env: NodeJS.ProcessEnv): Promise<Connection> {
  const { RIDGELINE_URL: url, RIDGELINE_WORKSPACE: workspace = defaultWorkspace } = env;
  const token = env.RIDGELINE_TOKEN || env.SYSTEM_ACCESSTOKEN;
  if (url && token) return { url, token };
  try {
    return await findConnection({ workspace });
  } catch (error) {
    const isKnown = error instanceof CliError && env.TF_BUILD !== undefined;
    if (!isKnown) throw error;
    const next =
      "in a pipeline, make the call in an AzureCLI step, or give the step env: { RIDGELINE_TOKEN: '$(System.AccessToken)' }";
    throw new AzError('AZ_NOT_SIGNED_IN', `${error.message}; ${next}`, { cause: error });
  }
}
