// The environment of a scoring process. It is built, not inherited: the server's own variables
// may hold tokens and keys that a scoring script has no business to see.

import { servicePath } from '../endpoint/service-path.ts';

/** What a process needs from the machine to run at all; everything else is left out. */
const inheritedNames = [
  'HOME',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'PATH',
] as const;

export interface InstanceEnvironmentOptions {
  readonly endpointName: string;
  readonly modelName: string;
  readonly modelVersion: string;
  readonly modelFolder: string;
  /** Absolute path, or null when the model scores by itself. */
  readonly scriptPath: string | null;
  readonly internalKey: string;
  /** From the curated environment, such as PATH. */
  readonly prepared: Readonly<Record<string, string>>;
  /** From the endpoint's spec, checked. */
  readonly wanted: Readonly<Record<string, string>>;
}

/** Later sources win: the machine's, the curated environment's, the user's, the manager's. */
export function instanceEnvironment(
  options: InstanceEnvironmentOptions,
  machine: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const inherited = inheritedNames.flatMap((name) => {
    const value = machine[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(inherited),
    SERVICE_NAME: options.endpointName,
    SERVICE_PATH_PREFIX: servicePath(options.endpointName),
    ...options.prepared,
    ...options.wanted,
    AZUREML_MODEL_DIR: options.modelFolder,
    RIDGELINE_MODEL_NAME: options.modelName,
    RIDGELINE_MODEL_VERSION: options.modelVersion,
    RIDGELINE_SCORING_KEYS: options.internalKey,
    ...(options.scriptPath === null ? {} : { AZUREML_ENTRY_SCRIPT: options.scriptPath }),
    HOST: '127.0.0.1',
    // The system chooses a free port; the ready message says which.
    PORT: '0',
  };
}
