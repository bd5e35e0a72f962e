// What has to hold before a stage may deploy to an environment: the checks that its keepers put on
// it. Whether they hold, decide-checks.ts says.

export const checkTypes = ['approval', 'branchControl', 'businessHours', 'exclusiveLock'] as const;
export type EnvironmentCheck = ApprovalCheck | BranchControl | BusinessHours | ExclusiveLock;

export interface ApprovalCheck {
  readonly type: 'approval';
  /** Names of users and service principals; empty: whoever is a contributor. */
  readonly approvers: readonly string[];
  /** How many of them have to agree. One who rejects is enough to reject. */
  readonly minimumApprovers: number;
  /** Whether who has queued the build may approve it. */
  readonly allowSelfApproval: boolean;
  readonly instructions: string;
  readonly timeoutMinutes: number;
}

export interface BranchControl {
  readonly type: 'branchControl';
  /** With `*` and `?`; with or without `refs/heads/`. */
  readonly allowedBranches: readonly string[];
}

export const businessDays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
export type BusinessDay = (typeof businessDays)[number];

export interface BusinessHours {
  readonly type: 'businessHours';
  /** As IANA names it. */
  readonly timeZone: string;
  readonly days: readonly BusinessDay[];
  /** Such as `09:00`; the end is no longer in it. A start after the end goes over midnight. */
  readonly start: string;
  readonly end: string;
  readonly timeoutMinutes: number;
}

/** One stage at a time: others wait, or give way, as their `lockBehavior` says. */
export interface ExclusiveLock {
  readonly type: 'exclusiveLock';
  readonly timeoutMinutes: number;
}

/** A check as users give it: what is left out has a default. Each type has its own fields. */
export interface CheckSpec {
  readonly type: EnvironmentCheck['type'];
  /** Default: none named. */
  readonly approvers?: readonly string[];
  /** Default: all that are named, and one where none is. */
  readonly minimumApprovers?: number;
  /** Default true. */
  readonly allowSelfApproval?: boolean;
  readonly instructions?: string;
  readonly allowedBranches?: readonly string[];
  /** Default `UTC`. */
  readonly timeZone?: string;
  /** Default: Monday to Friday. */
  readonly days?: readonly BusinessDay[];
  /** Default `09:00`. */
  readonly start?: string;
  /** Default `17:00`. */
  readonly end?: string;
  /** Default: 30 days for an approval, else one. */
  readonly timeoutMinutes?: number;
}
