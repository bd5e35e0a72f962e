// A build from what is stored of it to its public shape.
import type { RunState } from '@ridgeline/azure-pipelines';
import type { Approval, ApprovalDecision } from '../approval.ts';
import type {
  Build,
  BuildCoverage,
  BuildIssue,
  BuildStage,
  BuildSummary,
  BuildTests,
} from '../build.ts';
import type { BuildJob } from '../build-job.ts';
import type { Outline, OutlineStage } from '../plan/outline.ts';
import type { ApprovalRow, BuildRow, JobRow, StepRow } from './build-store.ts';
import { describeStep } from './describe-step.ts';

export interface StoredBuild {
  readonly row: BuildRow;
  readonly outline: Outline;
  readonly state: RunState;
  readonly jobs: readonly JobRow[];
  readonly steps: readonly StepRow[];
  readonly approvals: readonly ApprovalRow[];
  readonly findings: readonly { readonly kind: string; readonly details: string }[];
  /** Job → the agent that has it, or had it last. */
  readonly agents: ReadonlyMap<string, string>;
  /** Why a job waits for an agent. */
  readonly whyItWaits: (jobId: string) => string | undefined;
}

type StageState = RunState['stages'][number];
type JobState = StageState['jobs'][number];

export function describeSummary(row: BuildRow): BuildSummary {
  return {
    id: String(row.build_id),
    buildNumber: row.build_number,
    title: titleOf(row),
    pipelineId: String(row.pipeline_id),
    pipelineName: row.pipeline_name,
    status: row.status as BuildSummary['status'],
    result: row.result as BuildSummary['result'],
    reason: row.reason as BuildSummary['reason'],
    branch: row.branch,
    commit: row.commit_id,
    commitMessage: row.commit_message,
    requestedBy: row.requested_by,
    tags: JSON.parse(row.tags) as readonly string[],
    attempt: row.attempt,
    queuedAt: timeOf(row.queued_at),
    startedAt: timeOf(row.started_at),
    endedAt: row.ended_at === null ? null : timeOf(row.ended_at),
  };
}

function titleOf({ build_number, appends_message, commit_message }: BuildRow): string {
  const appends = appends_message === 1 && commit_message !== '';
  return appends ? `${build_number} • ${commit_message}` : build_number;
}

export function describeBuild(stored: StoredBuild): Build {
  const { row, outline, approvals, findings } = stored;
  const parsed = (kind: string) =>
    findings.flatMap((one) => (one.kind === kind ? [JSON.parse(one.details)] : []));
  return {
    ...describeSummary(row),
    parameters: JSON.parse(row.parameters) as Build['parameters'],
    variables: JSON.parse(row.variables) as Build['variables'],
    triggeredBy: row.triggered_by === null ? null : String(row.triggered_by),
    stages: outline.stages.map((stage) => describeStage(stage, stored)),
    issues: JSON.parse(row.issues) as readonly BuildIssue[],
    tests: parsed('tests') as readonly BuildTests[],
    coverage: parsed('coverage') as readonly BuildCoverage[],
    approvals: approvals.map(describeApproval),
  };
}

function describeStage(outline: OutlineStage, stored: StoredBuild): BuildStage {
  const { id, displayName, dependsOn } = outline;
  const state = stored.state.stages.find((one) => one.id === id);
  return {
    id,
    displayName,
    attempt: state?.attempt ?? 1,
    phase: state?.phase ?? 'pending',
    result: state?.result ?? null,
    dependsOn,
    trace: state?.trace ?? [],
    mistake: state?.mistake ?? null,
    jobs: outline.jobs.flatMap((job) => describeJobs(outline, job, state, stored)),
  };
}

/** What ran of a job, all its legs, hooks and attempts; else the job as it waits or was skipped. */
function describeJobs(
  stage: OutlineStage,
  job: OutlineStage['jobs'][number],
  stageState: StageState | undefined,
  stored: StoredBuild,
): readonly BuildJob[] {
  const state = stageState?.jobs.find((one) => one.id === job.id);
  const rows = stored.jobs.filter((row) => row.stage === stage.id && row.job === job.id);
  const ran = rows.map((row) => describeRun(row, stored));
  const isNew = !rows.some((row) => row.attempt === (state?.attempt ?? 1));
  return rows.length === 0 || isNew ? [...ran, waiting(stage.id, job, state)] : ran;
}

function waiting(
  stage: string,
  job: OutlineStage['jobs'][number],
  state: JobState | undefined,
): BuildJob {
  return {
    id: `${stage}.${job.id}`,
    job: job.id,
    displayName: job.displayName,
    attempt: state?.attempt ?? 1,
    state: state?.phase === 'completed' ? 'completed' : 'pending',
    result: state?.result ?? null,
    agent: null,
    waitsFor: null,
    startedAt: null,
    endedAt: null,
    trace: state?.trace ?? [],
    problem: state?.mistake ?? null,
    steps: [],
  };
}

function describeRun(row: JobRow, { steps, agents, whyItWaits }: StoredBuild): BuildJob {
  const endedAt = row.ended_at === null ? null : timeOf(row.ended_at);
  const waitsFor = row.state === 'queued' ? whyItWaits(row.job_id) : undefined;
  return {
    id: row.job_id,
    job: row.job,
    displayName: row.display_name,
    attempt: row.attempt,
    state: row.state as BuildJob['state'],
    result: row.result as BuildJob['result'],
    agent: agents.get(row.job_id) ?? null,
    waitsFor: waitsFor ?? null,
    startedAt: row.started_at === null ? null : timeOf(row.started_at),
    endedAt,
    trace: [],
    problem: row.problem,
    steps: steps
      .filter(({ job_id }) => job_id === row.job_id)
      .toSorted((a, b) => a.position - b.position)
      .map((step) => describeStep(step, row.state === 'completed' ? endedAt : null)),
  };
}

function describeApproval(row: ApprovalRow): Approval {
  return {
    id: String(row.approval_id),
    kind: row.kind as Approval['kind'],
    stage: row.stage,
    attempt: row.attempt,
    about: JSON.parse(row.about) as readonly string[],
    instructions: row.instructions,
    approvers: JSON.parse(row.approvers) as readonly string[],
    minimum: row.minimum,
    state: row.state as Approval['state'],
    decisions: JSON.parse(row.decisions) as readonly ApprovalDecision[],
    askedAt: timeOf(row.asked_at),
    endedAt: row.ended_at === null ? null : timeOf(row.ended_at),
  };
}

export function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
