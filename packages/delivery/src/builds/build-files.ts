// What a build leaves: artifacts, and the logs of its steps.

export interface BuildArtifact {
  readonly name: string;
  readonly files: number;
  readonly sizeBytes: number;
}

/** Lines of a step's log, with `##[kind]` where they have one and the time in front. */
export interface LogLines {
  readonly lines: readonly string[];
  /** The number of the line after these, to ask for next; from 0. */
  readonly next: number;
  /** Nothing more comes behind `next`. */
  readonly isComplete: boolean;
}
