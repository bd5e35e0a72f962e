// What is asked for when a build is queued.
import type { BuildReason } from './build.ts';

export interface BuildRequest {
  /** The name of the delivery pipeline. */
  readonly pipeline: string;
  /** `main` or `refs/heads/main`, a tag's or a pull request's ref; default the pipeline's. */
  readonly branch?: string;
  /** Default the newest of the branch. */
  readonly commit?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly variables?: Readonly<Record<string, string>>;
  /** Default `Manual`. */
  readonly reason?: BuildReason;
  readonly requestedBy?: string;
  /** Ids of stages that are left out. */
  readonly stagesToSkip?: readonly string[];
  /** The build whose end is the reason. */
  readonly triggeredBy?: string;
  /** Alias of a pipeline resource → the build whose artifacts it is; default the newest good one. */
  readonly resources?: Readonly<Record<string, string>>;
  /** Of a pull request: the branch that it is to go to. */
  readonly targetBranch?: string;
}

export interface BuildFilter {
  readonly pipeline?: string;
  readonly branch?: string;
  readonly status?: string;
  readonly result?: string;
  readonly tag?: string;
  /** Those with a smaller id: to page on. */
  readonly before?: string;
  readonly limit?: number;
}
