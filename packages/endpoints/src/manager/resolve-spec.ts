// Checks a spec against the workspace: that the model version, the code and the script exist.

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckedSpec } from '../endpoint/check-spec.ts';
import { quoted } from '../endpoint/names.ts';
import type { EndpointWorkspace } from '../endpoint-workspace.ts';
import { EndpointError } from '../errors.ts';
import type { ResolvedSpec } from '../store/record-wanted.ts';

/**
 * Settles `latest` to the version that is latest now. Throws MODEL_VERSION_NOT_FOUND,
 * SCORING_SCRIPT_NOT_FOUND, or the workspace's own error for a model version or code that does not
 * exist.
 */
export async function resolveSpec(
  workspace: EndpointWorkspace,
  spec: CheckedSpec,
): Promise<ResolvedSpec> {
  const { modelName, modelVersion } = spec;
  const found =
    modelVersion === null
      ? await workspace.models.latestVersion(modelName)
      : await workspace.models.getVersion(modelName, modelVersion);
  if (found === null) throw noVersion(modelName);
  const { version } = found;
  // Also when a script will do the scoring: it may need files that are not on this machine.
  await workspace.models.versionFolder(modelName, version);
  if (spec.codeId !== null && spec.scoringScript !== null) {
    await checkScript(await workspace.code.folder(spec.codeId), spec.scoringScript);
  }
  return { ...spec, modelVersion: version };
}

async function checkScript(codeFolder: string, script: string): Promise<void> {
  const found = await stat(join(codeFolder, script)).catch(() => null);
  if (found?.isFile()) return;
  throw new EndpointError(
    'SCORING_SCRIPT_NOT_FOUND',
    `scoringScript ${quoted(script)} ${found ? 'is not a file' : 'does not exist'} in the code; ` +
      'write its path relative to the code folder',
  );
}

function noVersion(modelName: string): EndpointError {
  return new EndpointError(
    'MODEL_VERSION_NOT_FOUND',
    `model ${quoted(modelName)} has no version yet; register one first`,
  );
}
