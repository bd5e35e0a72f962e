// A model version in the form of Azure ML's first command line.
import type { MlflowModelVersion } from '@ridgeline/client';

/** The keys that a list has there; delivery hands them on as `model.json`. */
export function describeModel({ name, version, creation_timestamp: created }: MlflowModelVersion) {
  return {
    createdTime: new Date(created).toISOString().replace('Z', '000+00:00'),
    framework: 'Custom',
    frameworkVersion: null,
    id: `${name}:${version}`,
    name,
    version: Number(version),
  };
}

/** All that is known of it. */
export function describeWholeModel(version: MlflowModelVersion) {
  return {
    ...describeModel(version),
    description: version.description ?? null,
    properties: {},
    runId: version.run_id ?? null,
    tags: tagsOf(version),
    url: version.source,
  };
}

export function tagsOf({ tags = [] }: MlflowModelVersion): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}
