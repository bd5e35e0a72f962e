// Where a model version comes from, and what was made of a data asset, as readers see it. Null and an
// empty list mean that nothing is known: nothing is guessed.

export interface VersionRef {
  readonly name: string;
  readonly version: string;
}

/** A run that has a part in it. */
export interface LineageRun {
  readonly runId: string;
  /** Null where the run is gone and nobody has kept it, as for all below. */
  readonly runName: string | null;
  readonly experimentId: string | null;
  readonly experimentName: string | null;
  /** The job whose step it was; null for a run of no job. */
  readonly jobId: string | null;
  readonly step: string | null;
  /** The run whose result this one has taken over, not having run itself. */
  readonly reusedFrom: string | null;
}

export interface LineageGit {
  readonly commit: string;
  readonly branch: string | null;
  readonly repository: string | null;
  /** Whether there were changes that are in no commit. */
  readonly isDirty: boolean | null;
}

export interface LineageBuild {
  readonly id: string;
  readonly uri: string | null;
}

/** A dataset that a client has logged. */
export interface LineageDataset {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
}

/** A model as a run has logged it, registered or not. */
export interface LineageLoggedModel {
  readonly modelId: string;
  /** Null where it is gone and nobody has kept it, as for the run. */
  readonly name: string | null;
  readonly experimentId: string | null;
  /** The run that has made it. */
  readonly runId: string | null;
}

export interface ModelLineage {
  readonly model: VersionRef;
  /** The run that it was registered from. */
  readonly run: LineageRun | null;
  /** The logged model that it is a version of. */
  readonly loggedModel: LineageLoggedModel | null;
  /** The commit of the code that has made it. */
  readonly git: LineageGit | null;
  /** The build of a delivery pipeline that has started it. */
  readonly build: LineageBuild | null;
  /** Versions of data assets that it was made from, by whatever steps in between. */
  readonly data: readonly VersionRef[];
  readonly datasets: readonly LineageDataset[];
  /** Places of data that is no data asset. */
  readonly uris: readonly string[];
  /** Versions of models that it was made from, or compared with. */
  readonly models: readonly VersionRef[];
  /** Logged models that it was made from, or compared with. */
  readonly loggedModels: readonly LineageLoggedModel[];
  /** The runs whose outputs went into it, the nearest first. */
  readonly upstream: readonly LineageRun[];
}

export interface DataLineage {
  readonly data: VersionRef & { readonly id: string };
  /** The run whose output it is; null where it was registered from elsewhere. */
  readonly producedBy: LineageRun | null;
  /** Made from it, by whatever steps in between; the newest first, 1,000 at most. */
  readonly models: ReadonlyArray<VersionRef & { readonly runId: string | null }>;
  /** That have taken it in; the newest first, 1,000 at most. */
  readonly runs: readonly LineageRun[];
}
