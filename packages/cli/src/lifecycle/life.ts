// What a life of a project is, by whichever way it goes, and what it came to.
import type { Endpoint, RidgelineClient, Verdict } from '@ridgeline/client';
import type { Project } from './project.ts';
import { reportStage, type StageReport } from './reporter.ts';

export interface Life {
  /** Takes the project through its stages once. */
  run(options: LifeOptions): Promise<LifecycleResult>;
  /** How a person looks at what was done and goes on; empty: nothing to say. */
  readonly goOn: string;
}

export interface LifeOptions {
  /** Whether the server ends with it: else it can be left waiting for somebody. */
  readonly once: boolean;
}

/** What a life needs of the server. */
export interface Surroundings {
  readonly client: RidgelineClient;
  readonly token: string;
  readonly project: Project;
  /** The workspace's folder. */
  readonly workspace: string;
  /** What Azure ML's addresses call the workspace. */
  readonly workspaceName: string;
}

export interface LifecycleResult {
  readonly verdict: Verdict | null;
  readonly trainingJob: string | null;
  /** Null where nothing was released. */
  readonly endpoint: Endpoint | null;
  /** Null where nothing was scored. */
  readonly scoring: Scoring | null;
  /** Of the delivery pipelines; null without them. */
  readonly builds: LifecycleBuilds | null;
  /** Builds that wait for somebody. */
  readonly waiting: readonly string[];
}

export interface Scoring {
  readonly job: string;
  readonly rowsScored: number;
  readonly rowsNotScored: number;
}

export interface LifecycleBuilds {
  readonly training: string;
  readonly release: string | null;
  readonly batchScoring: string | null;
}

export async function stage<T>(
  name: string,
  work: (report: StageReport) => Promise<T>,
): Promise<T> {
  const report = reportStage(name);
  try {
    return await work(report);
  } catch (error) {
    report.fail('failed');
    throw error;
  }
}
