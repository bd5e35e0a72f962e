// What has to hold before a stage may deploy to an environment: the checks that its keepers put on
// it. Whether they hold, pass-gate.ts says.

export const checkTypes = [
  'approval',
  'branchControl',
  'requiredTemplate',
  'businessHours',
  'invokeRestApi',
  'exclusiveLock',
] as const;
export type EnvironmentCheck =
  | ApprovalCheck
  | BranchControl
  | RequiredTemplate
  | BusinessHours
  | InvokeRestApi
  | ExclusiveLock;

export interface ApprovalCheck {
  readonly type: 'approval';
  /** Names of users and service principals; empty: whoever is a contributor. */
  readonly approvers: readonly string[];
  /** How many of them have to agree. One who rejects is enough to reject. */
  readonly minimumApprovers: number;
  /** One after the other, in the order of their names; left out: in any order. */
  readonly inSequence?: boolean;
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

/** The pipeline has to extend one of these templates. */
export interface RequiredTemplate {
  readonly type: 'requiredTemplate';
  /** `PATH`, `PATH@REPOSITORY` or `PATH@REPOSITORY#REF`: of a repository by its name or address. */
  readonly requiredTemplates: readonly string[];
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

export const restMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;

/** An API elsewhere has to answer well; it is asked again until it does. */
export interface InvokeRestApi {
  readonly type: 'invokeRestApi';
  /** A service connection that the pipeline may use: its address, and how to sign in. */
  readonly connection: string;
  readonly method: (typeof restMethods)[number];
  /** Behind the connection's address. */
  readonly urlSuffix: string;
  /** A JSON object. */
  readonly headers: string;
  readonly body: string;
  /** An expression over the answer, `root`; empty: a status from 200 to 299 is enough. */
  readonly successCriteria: string;
  /** Until it is asked again; 0: it is asked once. */
  readonly retryMinutes: number;
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
  /** Default false. */
  readonly inSequence?: boolean;
  /** Default true. */
  readonly allowSelfApproval?: boolean;
  readonly instructions?: string;
  readonly allowedBranches?: readonly string[];
  readonly requiredTemplates?: readonly string[];
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
  readonly connection?: string;
  /** Default `POST`. */
  readonly method?: InvokeRestApi['method'];
  readonly urlSuffix?: string;
  /** Default: JSON is sent. */
  readonly headers?: string;
  readonly body?: string;
  readonly successCriteria?: string;
  /** Default 5. */
  readonly retryMinutes?: number;
}
