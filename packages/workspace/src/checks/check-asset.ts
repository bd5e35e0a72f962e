// The rules that names, versions, descriptions and tags of assets share, whatever the asset.
import { type KeyValues, toPairs } from '../key-values.ts';
import { checkName, checkText, invalid, quote } from './check-text.ts';

// Azure ML's limits.
export const assetLimits = {
  nameLength: 255,
  versionLength: 30,
  textLength: 5_000,
  tags: 100,
} as const;

/** Letters, digits, '_', '-' and '.', starting with a letter or a digit. */
export function checkAssetName(label: string, value: unknown, maxLength?: number): string {
  const text = checkName(label, value, maxLength ?? assetLimits.nameLength);
  if (/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(text)) return text;
  throw invalid(
    `${label} ${quote(text)} must be letters, digits, '_', '-' and '.', ` +
      'and start with a letter or a digit',
  );
}

/** As a name, but not 'latest'. */
export function checkAssetVersion(value: unknown): string {
  const version = checkAssetName('version', value, assetLimits.versionLength);
  if (version !== 'latest') return version;
  throw invalid("version 'latest' means the newest one; name another, or leave it out");
}

export function checkDescription(value: unknown): string {
  return checkText('description', value ?? '', assetLimits.textLength);
}

export function checkTags(tags: KeyValues | undefined): Readonly<Record<string, string>> {
  const pairs = toPairs('tags', tags);
  if (pairs.length > assetLimits.tags) {
    throw invalid(`at most ${assetLimits.tags} tags are allowed, got ${pairs.length}`);
  }
  return Object.fromEntries(
    pairs.map(({ key, value }) => [
      checkName('tag name', key, assetLimits.textLength),
      checkText(`value of tag ${quote(key)}`, value, assetLimits.textLength),
    ]),
  );
}
