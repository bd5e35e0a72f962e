// A question that a build asks of people, and what comes of it.
import type { Approver } from '../../assets/environments/approver.ts';
import type { ApprovalKind, ApprovalState } from '../approval.ts';

export interface ApprovalQuestion {
  readonly buildId: number;
  /** Unique in the build. */
  readonly question: string;
  readonly kind: ApprovalKind;
  readonly stage: string;
  readonly attempt: number;
  readonly about: readonly string[];
  readonly instructions: string;
  readonly approvers: readonly string[];
  readonly minimum: number;
  /** In the order of `approvers`; default false. */
  readonly inSequence?: boolean;
  readonly requesterCanApprove: boolean;
  readonly timeoutMs: number;
}

export interface ApprovalAnswer {
  readonly state: Exclude<ApprovalState, 'pending'>;
  readonly by: string;
  readonly comment: string;
}

export interface Vote {
  readonly buildId: number;
  readonly stage: string;
  readonly by: Approver;
  readonly decision: 'approved' | 'rejected';
  readonly comment: string;
}
