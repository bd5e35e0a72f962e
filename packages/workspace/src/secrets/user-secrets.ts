// The names of secrets that users set. The workspace keeps secrets of its own beside them, such as
// tokens: what users name can never be one of those.
import { checkAssetName } from '../checks/check-asset.ts';

/**
 * The name by which `Secrets` keeps it.
 * @throws RidgelineError INVALID_PARAMETER_VALUE
 */
export function userSecretName(name: string): string {
  return `user:${checkAssetName('secret name', name, 200)}`;
}
