// What is asked for when a build is queued.
import type { BuildReason } from './build.ts';
import type { AskedPullRequest, BuildPullRequest } from './pull-request.ts';

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
  /** In the place of a branch and a commit: the merge of this is built. */
  readonly pullRequest?: AskedPullRequest;
  /** Where a trigger asks. */
  readonly trigger?: BuildTrigger;
}

/** What a trigger knows of the build that it starts. */
export interface BuildTrigger {
  /** Of one event there is one build. */
  readonly event: string;
  /** Of the schedule. */
  readonly scheduleName?: string;
  readonly pullRequest?: BuildPullRequest;
  /** Alias of another repository → what was pushed there. */
  readonly repositories?: Readonly<Record<string, PushedCommit>>;
  /** Of `resources`: what has started the build. */
  readonly resource?: TriggeringResource;
}

export interface PushedCommit {
  /** In full. */
  readonly ref: string;
  readonly commit: string;
}

export interface TriggeringResource {
  readonly alias: string;
  readonly category: 'pipeline' | 'repository' | 'webhook';
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
