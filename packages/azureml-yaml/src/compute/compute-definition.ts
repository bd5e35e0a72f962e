// Where steps run, as Azure ML's `compute` files say it.

export const computeTypes = [
  'amlcompute',
  'computeinstance',
  'kubernetes',
  'virtualmachine',
  'synapsespark',
  'databricks',
] as const;
export type ComputeType = (typeof computeTypes)[number];

export interface ComputeDefinition {
  readonly name: string;
  readonly type: ComputeType;
  readonly description: string | null;
  readonly tags: ReadonlyMap<string, string>;
  readonly properties: ReadonlyMap<string, string>;
  readonly size: string | null;
  readonly tier: 'dedicated' | 'low_priority';
  /** Default 0. */
  readonly minInstances: number;
  /** Default 4, as in Azure ML; at least 1 and at least `minInstances`. */
  readonly maxInstances: number;
  /** Default 120. */
  readonly idleSeconds: number;
  /** Of Databricks, such as `https://adb-1.2.azuredatabricks.net`. */
  readonly workspaceUrl: string | null;
  /** Of what is attached. */
  readonly resourceId: string | null;
}
