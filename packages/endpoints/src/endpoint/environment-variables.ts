// Which environment variables a user may give to a scoring process. The ones that tell the
// process what to serve, where and with which key are the manager's own.

import { EndpointError } from '../errors.ts';
import { quoted } from './names.ts';

const reservedNames: ReadonlySet<string> = new Set([
  'AZUREML_MODEL_DIR',
  'AZUREML_ENTRY_SCRIPT',
  'HOST',
  'PORT',
  'SERVICE_PATH_PREFIX',
  'PATH',
]);
const reservedPrefixes = ['RIDGELINE_', 'NODE_CHANNEL_'];

/** Returns `variables`, or throws ENVIRONMENT_VARIABLE_INVALID naming the first that is not allowed. */
export function checkEnvironmentVariables(
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(variables)) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      throw invalid(name, 'a name has letters, digits and underscores, and no digit first');
    }
    if (reservedNames.has(name) || reservedPrefixes.some((prefix) => name.startsWith(prefix))) {
      throw invalid(name, 'it is set by Ridgeline; choose another name');
    }
    if (value.includes('\0')) throw invalid(name, 'its value contains a NUL character');
  }
  return variables;
}

function invalid(name: string, why: string): EndpointError {
  return new EndpointError(
    'ENVIRONMENT_VARIABLE_INVALID',
    `environment variable ${quoted(name)} is not allowed: ${why}`,
  );
}
