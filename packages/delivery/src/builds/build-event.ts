// What happens in builds, in one row over all of them.

export interface BuildEvent {
  /** Counts up over all builds. */
  readonly sequence: number;
  readonly buildId: string;
  readonly at: string;
  readonly kind:
    | 'queued'
    | 'started'
    | 'cancelRequested'
    | 'stageStarted'
    | 'stageEnded'
    | 'jobQueued'
    | 'jobStarted'
    | 'jobEnded'
    | 'approvalAsked'
    | 'approvalDecided'
    | 'ended';
  readonly details: Readonly<Record<string, unknown>>;
}
