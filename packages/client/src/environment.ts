// What the environment variables say: which server, which token, which run.

import { clientError } from './errors.ts';
import { RidgelineClient, type RidgelineClientOptions } from './ridgeline-client.ts';

/** Environment variables by name, as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

type Address = Pick<RidgelineClientOptions, 'url' | 'token'>;

/**
 * A client of the server that RIDGELINE_URL and RIDGELINE_TOKEN name, or else
 * MLFLOW_TRACKING_URI and MLFLOW_TRACKING_TOKEN. Inside a step the latter come first: they are
 * the step's own, whatever its surroundings had set.
 * @throws ApiError CLIENT_NOT_CONFIGURED, SERVER_URL_INVALID
 */
export function clientFromEnvironment(
  options: Omit<RidgelineClientOptions, 'url' | 'token'> = {},
  environment: Environment = process.env,
): RidgelineClient {
  const address = addressOf(environment);
  if (address === null) {
    throw clientError(
      'CLIENT_NOT_CONFIGURED',
      'no server is named: set RIDGELINE_URL and RIDGELINE_TOKEN to the address and the token ' +
        'that `ridgeline up` prints',
    );
  }
  return new RidgelineClient({ ...options, ...address });
}

/** The first of the two pairs that is whole; null where neither is. */
export function addressOf(environment: Environment): Address | null {
  const pairs = [
    { url: environment.RIDGELINE_URL, token: environment.RIDGELINE_TOKEN },
    { url: environment.MLFLOW_TRACKING_URI, token: environment.MLFLOW_TRACKING_TOKEN },
  ];
  const ordered = environment.RIDGELINE_JOB_ID ? pairs.reverse() : pairs;
  for (const { url, token } of ordered) {
    if (url && token) return { url, token };
  }
  return null;
}
