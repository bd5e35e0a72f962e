// The rows of artifacts whose owner is gone from the database and whose files are still to go.

export interface ArtifactRemovalsTable {
  /** The id that the run or the logged model had. */
  readonly owner_id: string;
  readonly experiment_id: number;
}

export type GcTables = { readonly artifact_removals: ArtifactRemovalsTable };
