// The shapes of a job: a submitted Azure ML v2 YAML, its steps and its verdict.

/** Azure ML's words. */
export type JobStatus =
  | 'NotStarted'
  | 'Queued'
  | 'Running'
  | 'CancelRequested'
  | 'Completed'
  | 'Failed'
  | 'Canceled';

export interface JobError {
  readonly code: string;
  readonly message: string;
}

/** How a training pipeline ended, told apart in three words; kept as one tag of the root run. */
export interface Verdict {
  readonly outcome: 'registered' | 'not_better' | 'failed';
  /** The metric that decided; null where none did. */
  readonly metric: string | null;
  readonly newValue: number | null;
  /** The value of the model in production; null where there is none to compare with. */
  readonly productionValue: number | null;
  /** Registered: the new version. Not better: the version that stays in production. */
  readonly model: { readonly name: string; readonly version: string } | null;
  readonly reason: string;
}

export type StepType =
  | 'command'
  | 'parallel'
  | 'automl'
  | 'sweep'
  | 'if_else'
  | 'do_while'
  | 'parallel_for';

export interface JobStep {
  readonly name: string;
  readonly displayName: string;
  readonly type: StepType;
  /** The composite step (a sweep, a loop) that this one is a part of; null for a step of the file. */
  readonly parent: string | null;
  readonly compute: string;
  readonly status: JobStatus;
  readonly runId: string | null;
  /** 1 or more; 0 while no attempt was made. */
  readonly attempt: number;
  readonly exitCode: number | null;
  /** How often it was tried again after it had failed (`ridgeline.max_retries`). */
  readonly retries: number;
  /** When a step that has failed is tried again; null where it does not wait for that. */
  readonly retryAt: string | null;
  /** Why it ran, or why its result was taken from an earlier job: "reused because …". */
  readonly decision: string | null;
  /** Where its result was taken from; null where it has run itself. */
  readonly reusedFrom: { readonly jobId: string; readonly runId: string } | null;
  readonly error: JobError | null;
  /** UTC, ISO 8601. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

export type InputValue = string | number | boolean;

export interface Job {
  /** The id of its root run: 32 hexadecimal digits. */
  readonly id: string;
  readonly type: 'pipeline' | 'command' | 'sweep' | 'parallel' | 'automl';
  readonly displayName: string;
  readonly description: string;
  readonly experimentName: string;
  readonly experimentId: string;
  readonly status: JobStatus;
  /** As they were used: literals as text, data as `azureml:name:version` or a URI. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, string>>;
  /** Who has submitted it; empty where that is not known. */
  readonly submittedBy: string;
  /** What has submitted it: `api`, `cli`, `schedule:NAME`, `pipeline:ID`. */
  readonly source: string;
  readonly verdict: Verdict | null;
  readonly error: JobError | null;
  readonly cancelReason: string | null;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly steps: readonly JobStep[];
}

export interface JobSubmission {
  /** The YAML's text. */
  readonly definition: string;
  /** The YAML's name, for messages. */
  readonly fileName: string;
  /** For each local code path, as written in the YAML: the id of its uploaded snapshot. */
  readonly code: Readonly<Record<string, string>>;
  /** For each local data path, as written in the YAML: the URI of its uploaded file. */
  readonly uploads: Readonly<Record<string, string>>;
  /** Values for the pipeline's inputs in place of the YAML's own. */
  readonly inputs?: Readonly<Record<string, InputValue>>;
  readonly experimentName?: string;
  readonly displayName?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Texts of component files, by the reference that the YAML has for each. */
  readonly components?: Readonly<Record<string, SubmittedComponent>>;
  /** Texts of the conda files of environments that stand in the YAML, by their path there. */
  readonly condaFiles?: Readonly<Record<string, string>>;
  /** In place of the YAML's `settings.continue_on_step_failure`. */
  readonly continueOnStepFailure?: boolean;
  /** All steps run, whatever earlier jobs have done; in place of `settings.force_rerun`. */
  readonly forceRerun?: boolean;
  readonly properties?: Readonly<Record<string, string>>;
  /** Tags for the runs of steps, by the step's name. */
  readonly stepTags?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** In place of the YAML's `settings.default_compute`. */
  readonly defaultCompute?: string;
  readonly runSource?: string;
  /** The run that the job's root run stands under. */
  readonly parentRunId?: string;
}

/** The text of a component's YAML. */
export interface SubmittedComponent {
  readonly text: string;
  readonly fileName: string;
  /** What `code` paths of the component are relative to. */
  readonly codeBase: string;
}

/** Which jobs to list: newest first, all where nothing is asked. */
export interface JobQuery {
  readonly experimentName?: string;
  readonly status?: JobStatus;
  readonly limit?: number;
}

const endStatuses: ReadonlySet<JobStatus> = new Set(['Completed', 'Failed', 'Canceled']);

/** True once nothing more will happen to a job or a step. */
export function isEnded(status: JobStatus): boolean {
  return endStatuses.has(status);
}
