// What goes between an agent that asks for work and the server.

export interface Poll {
  readonly session: string;
  /** False: it takes no new jobs, as it is about to leave; default true. */
  readonly accepts?: boolean;
  /** The leases that it has; `canceling`: it knows that the job is to end. */
  readonly holding: readonly { readonly lease: string; readonly canceling?: boolean }[];
}

/** What is left out, there is none of. */
export interface PollAnswer {
  readonly offer?: JobOffer;
  /** Leases whose jobs are to end; what is to run always still does. */
  readonly cancel?: readonly string[];
  /** Leases that are no more: what they run is to end at once. */
  readonly lost?: readonly string[];
  /** The server ends: ask its successor. */
  readonly isClosing?: boolean;
}

/** A job with all that an agent needs to begin it. It holds secrets. */
export interface JobOffer {
  readonly lease: string;
  readonly build: {
    readonly id: string;
    readonly number: string;
    readonly pipeline: string;
    readonly pipelineId: string;
  };
  /** A JobRun as `packJobRun` makes it. */
  readonly job: unknown;
  /** Alias → the name by which the repository is known. */
  readonly repositories: Readonly<Record<string, string>>;
}
