// What the timeline shows of a step. A host gets the whole record again whenever it changes.

/** In the order in which one outweighs the other. */
export type StepResult = 'succeeded' | 'succeededWithIssues' | 'failed' | 'canceled' | 'skipped';

/** `job`: the work before and after all steps that no task does. */
export type StepPhase = 'job' | 'pre' | 'main' | 'post';

export interface StepRecord {
  /** Unique within its job: `<phase>.<order>`. */
  readonly id: string;
  /** From 1, in the order of running. */
  readonly order: number;
  readonly phase: StepPhase;
  /** The key of its outputs; empty for the phase `job`. */
  readonly refName: string;
  readonly displayName: string;
  readonly task?: { readonly name: string; readonly version: string };
  readonly state: 'pending' | 'inProgress' | 'completed';
  /** Once it is completed. */
  readonly result?: StepResult;
  /** UTC, ISO. */
  readonly startTime?: string;
  readonly finishTime?: string;
  /** From 1; above 1 after `retryCountOnTaskFailure`. */
  readonly attempt: number;
  /** 0 to 100, by `task.setprogress`. */
  readonly percentComplete?: number;
  readonly currentOperation?: string;
  /** The first hundred errors and the first hundred warnings; the counts are of all. */
  readonly issues: readonly Issue[];
  readonly errorCount: number;
  readonly warningCount: number;
  /** How its condition came to be false, or its mistake. */
  readonly conditionTrace?: readonly string[];
  /** Records that the step itself wrote by `task.logdetail`. */
  readonly details: readonly DetailRecord[];
}

export interface Issue {
  readonly type: 'error' | 'warning';
  readonly message: string;
  readonly sourcePath?: string;
  readonly lineNumber?: number;
  readonly columnNumber?: number;
  readonly code?: string;
}

export interface DetailRecord {
  readonly id: string;
  readonly parentId?: string;
  readonly type?: string;
  readonly name?: string;
  readonly order?: number;
  readonly startTime?: string;
  readonly finishTime?: string;
  readonly progress?: number;
  readonly state?: string;
  readonly result?: string;
}
