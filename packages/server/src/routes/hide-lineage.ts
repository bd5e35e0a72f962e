// Leaves out of a lineage what may not be read: of a hidden run or logged model only its id is told, as of
// one that is gone, and of a hidden registered model nothing.
import type {
  DataLineage,
  HiddenThings,
  LineageLoggedModel,
  LineageRun,
  ModelLineage,
  VersionRef,
} from '@ridgeline/workspace';

export function shownModelLineage(lineage: ModelLineage, hidden: HiddenThings): ModelLineage {
  const shown = {
    ...lineage,
    run: lineage.run && shownRun(lineage.run, hidden),
    loggedModel: lineage.loggedModel && shownLoggedModel(lineage.loggedModel, hidden),
    models: shownModels(lineage.models, hidden),
    loggedModels: lineage.loggedModels.map((model) => shownLoggedModel(model, hidden)),
    upstream: lineage.upstream.map((run) => shownRun(run, hidden)),
  };
  const isOfHidden = [lineage.run, ...lineage.upstream].some((run) => run && isHidden(run, hidden));
  // What was logged to these runs, nobody can tell apart any longer.
  return isOfHidden ? { ...shown, git: null, build: null, datasets: [], uris: [] } : shown;
}

export function shownDataLineage(lineage: DataLineage, hidden: HiddenThings): DataLineage {
  return {
    ...lineage,
    producedBy: lineage.producedBy && shownRun(lineage.producedBy, hidden),
    models: shownModels(lineage.models, hidden),
    runs: lineage.runs.map((run) => shownRun(run, hidden)),
  };
}

function shownModels<Ref extends VersionRef>(
  models: readonly Ref[],
  { modelNames }: HiddenThings,
): readonly Ref[] {
  return models.filter(({ name }) => !modelNames.has(name));
}

function shownLoggedModel(model: LineageLoggedModel, hidden: HiddenThings): LineageLoggedModel {
  if (!isHidden(model, hidden)) return model;
  return { modelId: model.modelId, name: null, experimentId: null, runId: null };
}

function shownRun(run: LineageRun, hidden: HiddenThings): LineageRun {
  if (!isHidden(run, hidden)) return run;
  return {
    ...{ runId: run.runId, runName: null, experimentId: null, experimentName: null },
    ...{ jobId: null, step: null, reusedFrom: null },
  };
}

function isHidden(
  { experimentId }: LineageRun | LineageLoggedModel,
  { experimentIds }: HiddenThings,
): boolean {
  return experimentId !== null && experimentIds.has(experimentId);
}
