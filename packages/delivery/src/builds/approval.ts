// What a build asks of people, and what they have decided.

/** `stage`: an approval of an environment; `manualStage`: a stage with `trigger: manual`;
 * `manualValidation`: a task that asks a person. */
export type ApprovalKind = 'stage' | 'manualStage' | 'manualValidation';
export type ApprovalState = 'pending' | 'approved' | 'rejected' | 'timedOut' | 'canceled';

export interface Approval {
  /** Unique in the workspace. */
  readonly id: string;
  readonly kind: ApprovalKind;
  readonly stage: string;
  readonly attempt: number;
  /** Environments, or the job of the task. */
  readonly about: readonly string[];
  readonly instructions: string;
  /** Who may decide; empty: everybody with the right to. */
  readonly approvers: readonly string[];
  /** How many of them have to approve. */
  readonly minimum: number;
  readonly state: ApprovalState;
  readonly decisions: readonly ApprovalDecision[];
  readonly askedAt: string;
  readonly endedAt: string | null;
}

export interface ApprovalDecision {
  readonly by: string;
  readonly decision: 'approved' | 'rejected';
  readonly comment: string;
  readonly at: string;
}
