// A registered model as MLflow's JSON has it. Absent means not set; arrays are always there.
import type { KeyValue } from '../key-values.ts';
import type { RegisteredModelRow } from './model-tables.ts';
import type { ModelVersion } from './model-version.ts';

export interface RegisteredModelAlias {
  readonly alias: string;
  /** A whole number, as a string. */
  readonly version: string;
}

export interface RegisteredModel {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly creation_timestamp: number;
  readonly last_updated_timestamp: number;
  readonly description?: string;
  /** The greatest version in each stage, the greatest of them first. */
  readonly latest_versions: readonly ModelVersion[];
  /** Sorted by key. */
  readonly tags: readonly KeyValue[];
  /** Sorted by alias. */
  readonly aliases: readonly RegisteredModelAlias[];
}

export interface RegisteredModelParts {
  readonly latestVersions: readonly ModelVersion[];
  readonly tags: readonly KeyValue[];
  readonly aliases: readonly RegisteredModelAlias[];
}

export function toRegisteredModel(
  row: RegisteredModelRow,
  parts: RegisteredModelParts,
): RegisteredModel {
  return {
    name: row.name,
    creation_timestamp: row.creation_time,
    last_updated_timestamp: row.last_updated_time,
    ...(row.description ? { description: row.description } : {}),
    latest_versions: parts.latestVersions,
    tags: parts.tags,
    aliases: parts.aliases,
  };
}
