// What has started a build by itself, or was refused: the record that a trigger leaves.
import type { PushedCommit } from '../builds/build-request.ts';
import type { BuildPullRequest } from '../builds/pull-request.ts';

export const triggerKinds = ['push', 'pullRequest', 'schedule', 'completion', 'webhook'] as const;
export type TriggerKind = (typeof triggerKinds)[number];

/** `Pending`: written down, about to be carried out. */
export const triggerStatuses = ['Pending', 'Queued', 'Failed'] as const;
export type TriggerStatus = (typeof triggerStatuses)[number];

/** Build.Reason. */
export type TriggerReason =
  | 'IndividualCI'
  | 'BatchedCI'
  | 'Schedule'
  | 'PullRequest'
  | 'ResourceTrigger';

export interface TriggerError {
  readonly code: string;
  readonly message: string;
}

/** Times are UTC, ISO 8601. */
export interface TriggerEvent {
  readonly id: string;
  readonly kind: TriggerKind;
  readonly status: TriggerStatus;
  /** `refs/heads/…`, `refs/tags/…` or `refs/pull/…/merge`. */
  readonly branch: string;
  readonly commit: string;
  readonly reason: TriggerReason;
  /** Why, as a sentence. */
  readonly why: string;
  readonly notedAt: string;
  readonly buildId: string | null;
  /** Why it started no build. */
  readonly error: TriggerError | null;
}

/** What is to be written down of something that starts a build. */
export interface Happening {
  readonly kind: TriggerKind;
  /** What happened: of one key there is one event only. */
  readonly key: string;
  /** What events of one kind have in common: a branch's pushes, a schedule on a branch. */
  readonly source: string;
  readonly branch: string;
  /** Empty: the newest of the branch. */
  readonly commit: string;
  readonly reason: TriggerReason;
  readonly why: string;
  /** What the build is told besides. */
  readonly facts: TriggerFacts;
  /** Where it could not be worked out what to start, or where it must not be started. */
  readonly error?: TriggerError;
}

export interface TriggerFacts {
  /** Of the resource that starts the build. */
  readonly alias?: string;
  /** The build whose end, or whose stages' end, has started this one. */
  readonly sourceBuildId?: string;
  readonly scheduleName?: string;
  readonly pullRequest?: BuildPullRequest;
  /** Whether builds of an older state of the pull request are of no use any more. */
  readonly cancelsOlder?: boolean;
  /** Alias of another repository → what was pushed there. */
  readonly repositories?: Readonly<Record<string, PushedCommit>>;
  /** What a webhook brought: JSON. */
  readonly payload?: string;
}
