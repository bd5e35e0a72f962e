// What a caller hands in to make a data asset, and its checks.
import {
  assetLimits,
  checkAssetName,
  checkAssetVersion,
  checkDescription,
  checkTags,
} from '../checks/check-asset.ts';
import { checkOneOf, checkText } from '../checks/check-text.ts';
import type { KeyValues } from '../key-values.ts';
import { type DataAssetType, dataAssetTypes } from './data-tables.ts';

export interface NewDataAsset {
  /** 1 to 255 letters, digits, '_', '-' and '.', starting with a letter or digit. */
  readonly name: string;
  /** 1 to 30 characters as in a name, but not "latest". Default: the next whole number. */
  readonly version?: string;
  /** Default: `uri_file` or `uri_folder`, as what is there is. */
  readonly type?: DataAssetType;
  /** A file, which is read and profiled, a folder, which is not, or a folder with an MLTable file. */
  readonly uri: string;
  /** At most 5,000 characters. */
  readonly description?: string;
  readonly tags?: KeyValues;
}

export interface CheckedDataAsset {
  readonly name: string;
  /** Null for the next whole number. */
  readonly version: string | null;
  readonly type: DataAssetType | null;
  /** Without a slash at its end. */
  readonly uri: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkNewDataAsset(asset: NewDataAsset): CheckedDataAsset {
  return {
    name: checkAssetName('data asset name', asset.name),
    version: asset.version === undefined ? null : checkAssetVersion(asset.version),
    type: asset.type === undefined ? null : checkOneOf('type', asset.type, dataAssetTypes),
    // A folder is often written with a slash at its end; one is taken, `//` is a mistake.
    uri: checkText('uri', asset.uri, assetLimits.textLength).replace(/(?<=[^/])\/$/, ''),
    description: checkDescription(asset.description),
    tags: checkTags(asset.tags),
  };
}
