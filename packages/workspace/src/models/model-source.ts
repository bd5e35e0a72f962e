// Where the files of a model version are. What can be resolved here are the artifacts of a run; any
// other place (s3://…) is kept as it was given, for the client that knows how to get there.
import { checkName, invalid, quote } from '../checks/check-text.ts';
import { limits } from '../checks/limits.ts';
import { relativePathProblem } from '../files/relative-path.ts';

/** Files among the artifacts of a run. */
export interface RunArtifact {
  readonly runId: string;
  /** Relative to the run's artifact root. */
  readonly path: string;
}

const runsUri = /^runs:\/+(?<runId>[^/]+)\/(?<path>.+)$/;

// What MLflow's clients make of a runs:/ URI before they register it.
const artifactsUri =
  /^mlflow-artifacts:(\/\/[^/]+)?\/(?<experiment>[^/]+)\/(?<runId>[^/]+)\/artifacts\/(?<path>.+)$/;

/**
 * @returns the run's files that `source` names, or null where it names something else.
 * @throws RidgelineError INVALID_PARAMETER_VALUE for a path that would leave the run.
 */
export function runArtifactOf(source: string): RunArtifact | null {
  const groups = (runsUri.exec(source) ?? artifactsUri.exec(source))?.groups;
  const runId = groups?.runId;
  if (groups?.path === undefined || runId === undefined) return null;
  const path = groups.path.replace(/\/+$/, '');
  const problem = relativePathProblem(path);
  if (problem === null) return { runId, path };
  throw invalid(`model version source ${quote(source)} has a path that cannot be: ${problem}`);
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
  if (isOurs && runArtifactOf(source) === null) {
    throw invalid(`model version source ${quote(source)} names no path of a run's artifacts`);
  }
  return source;
}
