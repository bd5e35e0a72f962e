// Which events a request asks for, and may have: a step those of its own job alone.
import {
  type ChangeFilter,
  type ChangeKind,
  type ChangeTest,
  changeKinds,
  changeTest,
} from '@ridgeline/workspace';
import type { Principal } from '../auth/access.ts';
import { ServerError } from '../errors/server-error.ts';
import type { ServerContext } from '../server-context.ts';
import { ShownEvents } from './shown-events.ts';

export interface EventQuery {
  readonly kinds?: string;
  readonly experiments?: string;
  readonly job?: string;
  readonly run?: string;
  readonly build?: string;
  readonly model?: string;
  readonly loggedModel?: string;
  readonly endpoint?: string;
}

export interface AskedEvents {
  readonly test: ChangeTest;
  /** To be called before `test` is asked about what has just happened. */
  readonly refresh: () => Promise<void>;
  /** Where the growth of logs is asked for: it is told as long as somebody follows. @returns what ends it. */
  readonly followLogs: (() => () => void) | null;
}

/** @throws ServerError INVALID_PARAMETER_VALUE, PERMISSION_DENIED; and where what is named is not there */
export async function readEventQuery(
  query: EventQuery,
  principal: Principal | null,
  context: ServerContext,
): Promise<AskedEvents> {
  const step = principal?.kind === 'step' ? principal : null;
  const { job = step?.jobId, run, build } = query;
  if (step !== null && job !== step.jobId) throw otherJob(step.jobId);
  const { jobs, workspace, delivery } = context;
  if (query.job !== undefined) await jobs.get(query.job);
  if (run !== undefined) await workspace.runs.get(run);
  if (build !== undefined) await delivery.builds.get(build);
  if (query.loggedModel !== undefined) await workspace.loggedModels.get(query.loggedModel);
  const filter = filterOf(query);
  const isAsked = changeTest(filter);
  const isOwn = step === null ? () => true : changeTest({ jobId: step.jobId });
  const shown = new ShownEvents(workspace, principal);
  await shown.refresh();
  return {
    test: (change, place) =>
      isAsked(change, place) && isOwn(change, place) && shown.test(change, place),
    refresh: () => shown.refresh(),
    followLogs: followLogs(filter, job, context),
  };
}

function filterOf({ kinds, experiments, ...things }: EventQuery): ChangeFilter {
  const { job: jobId, run: runId, build: buildId, ...named } = things;
  const experimentIds = experiments === undefined ? undefined : listOf(experiments);
  return { kinds: kindsOf(kinds), experimentIds, jobId, runId, buildId, ...named };
}

function followLogs(
  { kinds, buildId }: ChangeFilter,
  job: string | undefined,
  { jobs, delivery }: ServerContext,
): AskedEvents['followLogs'] {
  if (kinds !== undefined && !kinds.has('log')) return null;
  if (job !== undefined) return () => jobs.followLogs(job);
  return buildId === undefined ? null : () => delivery.builds.followLogs(buildId);
}

/** @throws ServerError INVALID_PARAMETER_VALUE */
function kindsOf(text: string | undefined): ReadonlySet<ChangeKind> | undefined {
  if (text === undefined) return undefined;
  const known = new Map<string, ChangeKind>(changeKinds.map((kind) => [kind, kind]));
  const kinds = listOf(text).map((name) => {
    const kind = known.get(name);
    if (kind !== undefined) return kind;
    const all = changeKinds.join(', ');
    const message = `kinds names '${name}', which is no kind of event; there are ${all}`;
    throw new ServerError('INVALID_PARAMETER_VALUE', message);
  });
  return new Set(kinds);
}

function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function otherJob(own: string): ServerError {
  const message = `the token of a step reads the events of its own job alone, which is ${own}`;
  return new ServerError('PERMISSION_DENIED', message);
}
