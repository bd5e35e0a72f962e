// References to versioned assets: `azureml:name:version`, `azureml:name@label`, prefix optional.
import { shorten } from '../diagnostic/did-you-mean.ts';
import { AzureMlYamlError } from '../errors.ts';

/** At most one of `version` and `label` is not null. */
export interface AssetReference {
  readonly name: string;
  readonly version: string | null;
  readonly label: string | null;
}

const pattern =
  /^(?:azureml:)?(?<name>[A-Za-z0-9_][A-Za-z0-9_.-]{0,254})(?::(?<version>[A-Za-z0-9][A-Za-z0-9_.-]{0,254})|@(?<label>[A-Za-z][A-Za-z0-9_-]{0,254}))?$/;

/** `azureml:diabetes:3` → `{name: 'diabetes', version: '3', label: null}`.
 * Throws `AzureMlYamlError` ASSET_REFERENCE_INVALID. */
export function parseAssetReference(text: string): AssetReference {
  const reference = readAssetReference(text);
  if (reference !== null) return reference;
  throw new AzureMlYamlError('ASSET_REFERENCE_INVALID', assetReferenceProblem(text));
}

/** Null when `text` is no reference. */
export function readAssetReference(text: string): AssetReference | null {
  const groups = pattern.exec(text)?.groups;
  if (groups?.name === undefined || groups.name === 'azureml') return null;
  return { name: groups.name, version: groups.version ?? null, label: groups.label ?? null };
}

export function assetReferenceProblem(text: string): string {
  const shown = `'${shorten(text)}'`;
  if (isForeign(text)) {
    return `${shown} is a reference into Azure; write 'azureml:name:version' of this workspace`;
  }
  return `${shown} is no asset reference; write 'azureml:name:version' or 'azureml:name@latest'`;
}

/** ARM ids and registries: valid in Azure, and nothing that a workspace here could hold. */
export function isForeign(text: string): boolean {
  return /^azureml:\/(?:subscriptions\/|\/registries\/|\/subscriptions\/)/i.test(text);
}

/** `azureml:cpu-cluster` → `cpu-cluster`. */
export function withoutPrefix(text: string): string {
  return text.startsWith('azureml:') ? text.slice('azureml:'.length) : text;
}
