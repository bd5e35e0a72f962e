// Where the files of a model version are. What can be resolved here are the artifacts of a run or of
// a logged model; any other place (s3://…) is kept as it was given, for the client that knows how to
// get there.
import { checkName, invalid, quote } from '../checks/check-text.ts';
import { limits } from '../checks/limits.ts';
import { relativePathProblem } from '../files/relative-path.ts';
import { isLoggedModelId } from '../logged-models/logged-model.ts';

/** Files among the artifacts of a run, or of a logged model. */
export interface StoredArtifact {
  /** The id of the run, or of the logged model. */
  readonly ownerId: string;
  /** Relative to the root of its artifacts; undefined is the root itself. */
  readonly path: string | undefined;
}

const runsUri = /^runs:\/+(?<ownerId>[^/]+)\/(?<path>.+)$/;

// What MLflow's clients make of a runs:/ URI before they register it.
const artifactsUri =
  /^mlflow-artifacts:(\/\/[^/]+)?\/(?<experiment>[^/]+)\/(?<ownerId>[^/]+)\/artifacts\/(?<path>.+)$/;

const loggedModelsUri =
  /^mlflow-artifacts:(\/\/[^/]+)?\/[^/]+\/models\/(?<ownerId>m-[0-9a-f]{32})\/artifacts(\/(?<path>.*))?$/;

const modelsUri = /^models:\/+(?<ownerId>m-[0-9a-f]{32})$/;

const versionUri = /^models:\/+(?<name>[^/@]+)\/(?<version>[1-9]\d{0,8})$/;

/**
 * @returns the files here that `source` names, or null where it names something else.
 * @throws RidgelineError INVALID_PARAMETER_VALUE for a path that would leave their folder.
 */
export function artifactOf(source: string): StoredArtifact | null {
  const uris = [modelsUri, loggedModelsUri, runsUri, artifactsUri];
  const groups = uris.map((uri) => uri.exec(source)?.groups).find((found) => found !== undefined);
  const ownerId = groups?.ownerId;
  if (ownerId === undefined) return null;
  const path = groups?.path?.replace(/\/+$/, '') || undefined;
  if (path === undefined) return groups?.path ? null : { ownerId, path };
  const problem = relativePathProblem(path);
  if (problem === null) return { ownerId, path };
  throw invalid(`model version source ${quote(source)} has a path that cannot be: ${problem}`);
}

/** The logged model whose files `source` names; null where it names others. */
export function loggedModelIdOf(source: string): string | null {
  const ownerId = artifactOf(source)?.ownerId;
  return ownerId !== undefined && isLoggedModelId(ownerId) ? ownerId : null;
}

/** The other model version that `source` names. */
export function versionOf(
  source: string,
): { readonly name: string; readonly version: number } | null {
  const { name, version } = versionUri.exec(source)?.groups ?? {};
  return name === undefined ? null : { name, version: Number(version) };
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkSource(value: unknown): string {
  const source = checkName('model version source', value, limits.modelSourceLength);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(source)?.[1]?.toLowerCase();
  // A path of this machine would let a client that may only register read any file of the server.
  if (scheme === undefined || scheme === 'file' || scheme.length === 1) {
    throw invalid(`model version source ${quote(source)} must be like runs:/<run id>/<path>`);
  }
  const isOurs = scheme === 'runs' || scheme === 'mlflow-artifacts';
  if (isOurs && artifactOf(source) === null) {
    throw invalid(`model version source ${quote(source)} names no path of a run's artifacts`);
  }
  return source;
}
