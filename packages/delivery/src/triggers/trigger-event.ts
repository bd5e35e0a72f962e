// What has started a build by itself, or was refused: the record that a trigger leaves.

export const triggerKinds = ['push', 'schedule', 'completion'] as const;
export type TriggerKind = (typeof triggerKinds)[number];

/** `Pending`: written down, about to be carried out. */
export const triggerStatuses = ['Pending', 'Queued', 'Failed'] as const;
export type TriggerStatus = (typeof triggerStatuses)[number];

/** Build.Reason. */
export type TriggerReason = 'IndividualCI' | 'BatchedCI' | 'Schedule' | 'ResourceTrigger';

export interface TriggerError {
  readonly code: string;
  readonly message: string;
}

/** Times are UTC, ISO 8601. */
export interface TriggerEvent {
  readonly id: string;
  readonly kind: TriggerKind;
  readonly status: TriggerStatus;
  /** `refs/heads/…` or `refs/tags/…`. */
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
  readonly commit: string;
  readonly reason: TriggerReason;
  readonly why: string;
  /** What the build is told besides. */
  readonly facts: TriggerFacts;
  /** Where it could not be worked out what to start. */
  readonly error?: TriggerError;
}

export interface TriggerFacts {
  /** The alias of the resource, and the build whose end has started this one. */
  readonly alias?: string;
  readonly sourceBuildId?: string;
}
