// What a caller hands in to make a data asset, and its checks.
import { checkName, checkText, invalid, quote } from '../checks/check-text.ts';
import { type KeyValues, toPairs } from '../key-values.ts';

export interface NewDataAsset {
  /** 1 to 255 letters, digits, '_', '-' and '.', starting with a letter or digit. */
  readonly name: string;
  /** 1 to 30 characters as in a name, but not "latest". Default: the next whole number. */
  readonly version?: string;
  /** A file, which is read and profiled, or a folder, which is not. */
  readonly uri: string;
  /** At most 5,000 characters. */
  readonly description?: string;
  readonly tags?: KeyValues;
}

export interface CheckedDataAsset {
  readonly name: string;
  /** Null for the next whole number. */
  readonly version: string | null;
  readonly uri: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
}

// Azure ML's limits.
const nameLength = 255;
const versionLength = 30;
const textLength = 5_000;

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkNewDataAsset(asset: NewDataAsset): CheckedDataAsset {
  return {
    name: checkIdentifier('data asset name', asset.name, nameLength),
    version: asset.version === undefined ? null : checkVersion(asset.version),
    uri: checkText('uri', asset.uri, textLength),
    description: checkText('description', asset.description ?? '', textLength),
    tags: checkTags(asset.tags),
  };
}

function checkVersion(value: unknown): string {
  const version = checkIdentifier('version', value, versionLength);
  if (version !== 'latest') return version;
  throw invalid("version 'latest' means the newest one; name another, or leave it out");
}

function checkIdentifier(label: string, value: unknown, maxLength: number): string {
  const text = checkName(label, value, maxLength);
  if (/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(text)) return text;
  throw invalid(
    `${label} ${quote(text)} must be letters, digits, '_', '-' and '.', ` +
      'and start with a letter or a digit',
  );
}

function checkTags(tags: KeyValues | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    toPairs('tags', tags).map(({ key, value }) => [
      checkName('tag name', key, textLength),
      checkText(`value of tag ${quote(key)}`, value, textLength),
    ]),
  );
}
