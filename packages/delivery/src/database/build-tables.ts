// The tables of delivery pipelines and their builds. Structured values are JSON text, times are
// milliseconds since 1970. Values of secrets are not in them: the workspace's secrets hold those.
import type { Generated } from 'kysely';

export interface BuildTables {
  readonly delivery_pipelines: DeliveryPipelineTable;
  readonly builds: BuildTable;
  readonly build_plans: BuildPlanTable;
  readonly build_snapshots: BuildSnapshotTable;
  readonly build_jobs: BuildJobTable;
  readonly build_steps: BuildStepTable;
  readonly build_approvals: BuildApprovalTable;
  readonly build_findings: BuildFindingTable;
  readonly build_counters: BuildCounterTable;
  readonly build_events: BuildEventTable;
}

export interface DeliveryPipelineTable {
  pipeline_id: Generated<number>;
  name: string;
  /** The name in lower case: unique. */
  name_key: string;
  location: string;
  branch: string;
  yaml_path: string;
  variables: string;
  repositories: string;
  enabled: number;
  keep_builds: number;
  /** Whether pull requests from forks are built, without secrets. */
  build_forks: number;
  /** When the secret of its hooks was made; null: it takes none. */
  hook_secret_at: number | null;
  created_by: string;
  created_at: number;
  updated_at: number;
}

export interface BuildTable {
  build_id: number;
  pipeline_id: number;
  /** As it was when the build was queued. */
  pipeline_name: string;
  build_number: string;
  status: string;
  result: string | null;
  reason: string;
  branch: string;
  commit_id: string;
  commit_message: string;
  requested_by: string;
  tags: string;
  attempt: number;
  parameters: string;
  variables: string;
  triggered_by: number | null;
  issues: string;
  /** The trigger event that it came from: of one event there is one build. */
  trigger_event: string | null;
  /** `appendCommitMessageToRunName` of the file. */
  appends_message: number;
  /** What the names of the build's secrets begin with. */
  secret_prefix: string;
  queued_at: number;
  started_at: number;
  ended_at: number | null;
}

/** What a build runs, and never changes. */
export interface BuildPlanTable {
  build_id: number;
  final_yaml: string;
  /** The tree without templates, with the origin of each value. */
  expanded: string;
  facts: string;
  outline: string;
}

export interface BuildSnapshotTable {
  build_id: number;
  snapshot: string;
}

export interface BuildJobTable {
  build_id: number;
  /** Of the JobRun, such as `Build.Test@1`. */
  job_id: string;
  stage: string;
  job: string;
  display_name: string;
  attempt: number;
  state: string;
  result: string | null;
  /** By which its processes are known, should the server end before them. */
  mark: string | null;
  problem: string | null;
  queued_at: number;
  started_at: number | null;
  ended_at: number | null;
}

export interface BuildStepTable {
  build_id: number;
  /** Counts up in the build, over all its jobs and attempts. */
  log: number;
  job_id: string;
  step_id: string;
  position: number;
  record: string;
  /** From the build's folder; null where it printed nothing. */
  log_file: string | null;
}

export interface BuildApprovalTable {
  approval_id: Generated<number>;
  build_id: number;
  /** What it is asked for, unique in the build: a server that starts again asks the same. */
  question: string;
  kind: string;
  stage: string;
  attempt: number;
  about: string;
  instructions: string;
  approvers: string;
  minimum: number;
  requester_can_approve: number;
  /** Whether they approve in the order of their names. */
  in_sequence: number;
  state: string;
  decisions: string;
  asked_at: number;
  /** When nobody has decided by then, it has timed out. */
  due_at: number;
  ended_at: number | null;
}

export interface BuildFindingTable {
  finding_id: Generated<number>;
  build_id: number;
  kind: string;
  details: string;
}

export interface BuildCounterTable {
  /** 0: of the workspace. */
  pipeline_id: number;
  /** `counter`, `revision`, `build`. */
  kind: string;
  prefix: string;
  value: number;
}

export interface BuildEventTable {
  sequence: Generated<number>;
  build_id: number;
  at: number;
  kind: string;
  details: string;
}
