// What a step can do with the run that it is: the same words on a server and offline.

import type { Verdict } from '../wire/job.ts';

export interface MetricOptions {
  /** 0 or more; default 0. */
  readonly step?: number;
  /** Milliseconds since 1970 UTC; default now. */
  readonly timestamp?: number;
}

export type ParamValue = string | number | boolean;

export interface ActiveRun {
  /** 32 hexadecimal digits; `OfflineRun` offline. */
  readonly id: string;
  readonly experimentId: string;
  readonly experimentName: string;
  /** True where there is no server: nothing is kept, everything is printed. */
  readonly offline: boolean;
  /** The job's root run; null for the root run itself, outside a job, and offline. */
  readonly parent: ActiveRun | null;

  /** Write-once: another value for the same key is refused (INVALID_PARAMETER_VALUE). */
  logParam(key: string, value: ParamValue): Promise<void>;
  logParams(params: Readonly<Record<string, ParamValue>>): Promise<void>;
  /** One more observation of a metric. */
  logMetric(key: string, value: number, options?: MetricOptions): Promise<void>;
  /** One more observation of each metric, all of one step and time. */
  logMetrics(metrics: Readonly<Record<string, number>>, options?: MetricOptions): Promise<void>;
  /** Overwrites. */
  setTag(key: string, value: string): Promise<void>;
  setTags(tags: Readonly<Record<string, string>>): Promise<void>;
  /**
   * Keeps a file with the run.
   * @param artifactPath the folder that it goes to; default the root of the run's artifacts.
   */
  logArtifact(localPath: string, artifactPath?: string): Promise<void>;
  /** Keeps all files below a folder with the run; `artifactPath` as above. */
  logArtifacts(folder: string, artifactPath?: string): Promise<void>;

  /** The newest value of a metric; null where it was never logged. */
  getMetric(key: string): Promise<number | null>;
  getTags(): Promise<ReadonlyMap<string, string>>;

  /** Cancels the whole job. @throws ApiError NOT_IN_A_JOB */
  cancel(reason: string): Promise<void>;
  /** Says on the job's root run how the pipeline ended; the last word counts. */
  setVerdict(verdict: Verdict): Promise<void>;
}

/** The tag of the root run that holds the verdict, as JSON. */
export const verdictTag = 'ridgeline.verdict';
