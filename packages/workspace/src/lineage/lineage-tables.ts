// The rows of lineage: what runs have taken in, and what each model version was made of when that was
// last written down.

/**
 * `run`: an output of another run. `data`: a version of a data asset. `dataset`: one that a client has
 * logged, by its digest. `uri`: a place on a datastore. `model`: a version of a registered model.
 * `loggedModel`: one that a run has logged.
 */
export const sourceKinds = ['run', 'data', 'dataset', 'uri', 'model', 'loggedModel'] as const;
export type SourceKind = (typeof sourceKinds)[number];

interface SourceColumns {
  readonly kind: SourceKind;
  /** The id of a run or of a logged model, the URI, else the name. */
  readonly source_name: string;
  /** Of a run the output, of a dataset the digest, of a URI and a logged model empty. */
  readonly source_version: string;
}

export interface RunSourcesTable extends SourceColumns {
  readonly run_id: string;
  /** The input of the step that it was; empty where that is not known. */
  readonly input: string;
}

/** All that a version depends on, the runs on the way too, so that it is found from there. */
export interface ModelVersionSourcesTable extends SourceColumns {
  readonly name: string;
  readonly version: number;
}

export interface ModelVersionLineageTable {
  readonly name: string;
  readonly version: number;
  /** JSON of what was known. */
  readonly facts: string;
}

export type LineageTables = {
  readonly run_sources: RunSourcesTable;
  readonly model_version_sources: ModelVersionSourcesTable;
  readonly model_version_lineage: ModelVersionLineageTable;
};
