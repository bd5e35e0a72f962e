// What a step has written on the root run of its job in one call, and how it is written once more.
import { type NewMetric, RidgelineError, type Workspace } from '@ridgeline/workspace';

export interface RootWrite {
  readonly metrics?: readonly NewMetric[];
  readonly params?: readonly Pair[];
  readonly tags?: readonly Pair[];
  readonly deletedTag?: string;
}

interface Pair {
  readonly key: string;
  readonly value: string;
}

/** The write as it is kept: each point with its time, as writing it again is then no second point. */
export function keptRootWrite(write: RootWrite, now: number): RootWrite {
  const metrics = write.metrics?.map((metric) => ({
    ...metric,
    value: Math.min(Math.max(metric.value, -Number.MAX_VALUE), Number.MAX_VALUE),
    timestamp: metric.timestamp ?? now,
  }));
  return { ...write, ...(metrics && { metrics }) };
}

/** Writing the same again changes nothing, so that a server that was killed can begin anew. */
export async function replayRootWrite(
  { runs }: Workspace,
  rootRunId: string,
  { metrics = [], params = [], tags = [], deletedTag }: RootWrite,
): Promise<void> {
  try {
    if (deletedTag !== undefined) return await runs.deleteTag(rootRunId, deletedTag);
    // JSON has no word for NaN, and says null.
    const points = metrics.map((metric) => ({ ...metric, value: metric.value ?? Number.NaN }));
    await runs.logBatch(rootRunId, { metrics: points, params, tags });
  } catch (error) {
    // Such as a param that another step of this job has written otherwise: that one stays.
    if (!(error instanceof RidgelineError) || error.status >= 500) throw error;
  }
}
