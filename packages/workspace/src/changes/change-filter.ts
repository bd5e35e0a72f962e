// Which changes a reader wants: of some kinds, and of some things.
import type { Change, ChangeKind } from './change.ts';
import type { ChangePlace } from './change-place.ts';

/** Without any of the things, of all of them. Of several things, what belongs to one of them. */
export interface ChangeFilter {
  /** Default: all. */
  readonly kinds?: ReadonlySet<ChangeKind> | undefined;
  readonly experimentIds?: readonly string[] | undefined;
  /** With its steps, and the runs of these. */
  readonly jobId?: string | undefined;
  /** With those below it. */
  readonly runId?: string | undefined;
  readonly buildId?: string | undefined;
  /** A registered model, with its versions. */
  readonly model?: string | undefined;
  /** A logged model, with what is measured on it. */
  readonly loggedModel?: string | undefined;
  readonly endpoint?: string | undefined;
}

export type ChangeTest = (change: Change, place: ChangePlace) => boolean;

export function changeTest({ kinds, ...things }: ChangeFilter): ChangeTest {
  const tests = thingTests(things);
  return (change, place) =>
    (kinds === undefined || kinds.has(change.kind)) &&
    (tests.length === 0 || tests.some((isOf) => isOf(change, place)));
}

function thingTests(things: Omit<ChangeFilter, 'kinds'>): readonly ChangeTest[] {
  const { experimentIds = [], jobId, runId, buildId, model, loggedModel, endpoint } = things;
  const tests: ChangeTest[] = [];
  if (experimentIds.length > 0) {
    const wanted = new Set<string | null>(experimentIds);
    tests.push((_, place) => wanted.has(place.experimentId));
  }
  for (const id of [jobId, runId]) {
    if (id !== undefined) tests.push((_, place) => place.runIds.includes(id));
  }
  if (buildId !== undefined) {
    tests.push((change) => 'buildId' in change && change.buildId === buildId);
  }
  if (model !== undefined) tests.push((change) => isOfModel(change) && change.name === model);
  if (loggedModel !== undefined) {
    tests.push((change) => 'modelId' in change && change.modelId === loggedModel);
  }
  if (endpoint !== undefined) {
    tests.push((change) => change.kind === 'endpoint' && change.name === endpoint);
  }
  return tests;
}

function isOfModel(change: Change): change is Extract<Change, { kind: 'model' | 'modelVersion' }> {
  return change.kind === 'model' || change.kind === 'modelVersion';
}
