// What is wrong with a path or reference as a user wrote it, as a code and a message.
import type { DiagnosticCode } from '../diagnostic/diagnostic-codes.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import { assetReferenceProblem, isForeign, readAssetReference } from './asset-reference.ts';
import { dataPathKind } from './data-path.ts';

export interface ReferenceProblem {
  readonly code: DiagnosticCode;
  readonly message: string;
}

/** A reference that names one version: with a version, or the label `latest`. */
export function checkVersionedReference(text: string): ReferenceProblem | null {
  if (isForeign(text)) {
    return { code: 'FEATURE_NOT_SUPPORTED', message: assetReferenceProblem(text) };
  }
  const reference = readAssetReference(text);
  if (reference === null) {
    return { code: 'ASSET_REFERENCE_INVALID', message: assetReferenceProblem(text) };
  }
  const { name, version, label } = reference;
  if (version === null && label === null) {
    const message = `'${shorten(text)}' names no version; write 'azureml:${name}:1' or 'azureml:${name}@latest'`;
    return { code: 'ASSET_REFERENCE_INVALID', message };
  }
  if (label !== null && label !== 'latest') {
    const message = `label '@${label}' of '${shorten(text)}' is not supported; write a version or '@latest'`;
    return { code: 'FEATURE_NOT_SUPPORTED', message };
  }
  return null;
}

export function checkDataPath(path: string): ReferenceProblem | null {
  const kind = dataPathKind(path);
  if (kind === 'asset') return checkVersionedReference(path);
  if (kind === 'remote') {
    const message = `'${shorten(path)}' is data outside the workspace, which is not supported; bring it here and write its local path`;
    return { code: 'FEATURE_NOT_SUPPORTED', message };
  }
  if (kind === 'invalid') {
    const message = `'${shorten(path)}' is no data path; write a local path, 'azureml:name:version' or 'azureml://datastores/NAME/paths/PATH'`;
    return { code: 'ASSET_REFERENCE_INVALID', message };
  }
  return null;
}

/** Code is uploaded from a local folder; everything else is another feature. */
export function checkCodePath(path: string): ReferenceProblem | null {
  if (dataPathKind(path) === 'local') return null;
  const message = `code '${shorten(path)}' is not a local folder, and other code is not supported; write a path`;
  return { code: 'FEATURE_NOT_SUPPORTED', message };
}

export function checkCompute(compute: string): ReferenceProblem | null {
  if (/^(?:azureml:)?[A-Za-z0-9][A-Za-z0-9_-]*$/.test(compute)) return null;
  const foreign = isForeign(compute);
  const message = `'${shorten(compute)}' is no compute of this workspace; write its name, such as 'azureml:local'`;
  return { code: foreign ? 'FEATURE_NOT_SUPPORTED' : 'ASSET_REFERENCE_INVALID', message };
}
