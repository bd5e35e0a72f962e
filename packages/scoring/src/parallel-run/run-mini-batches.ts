// Works through the mini-batches with some workers at once, and appends what they give back in the
// order of the data. No more are under way than are needed to keep the workers busy, so that the
// data need not fit in memory.
import { AppendedRows } from './appended-rows.ts';
import type { ParallelDefinition } from './definition.ts';
import { FailedBatches } from './failed-batches.ts';
import type { BatchResult, MiniBatch } from './mini-batch.ts';
import { WorkerPool } from './worker-pool.ts';
import type { WorkerProgram } from './worker-program.ts';

export interface ParallelRun {
  readonly definition: ParallelDefinition;
  readonly program: WorkerProgram;
  readonly batches: AsyncIterable<MiniBatch>;
  /** Null to keep nothing. */
  readonly outputPath: string | null;
  /** How many mini-batches at once. */
  readonly workers: number;
  readonly print: (line: string) => void;
}

export interface ParallelSummary {
  readonly batchCount: number;
  readonly failedBatchCount: number;
  readonly itemCount: number;
  readonly missingItemCount: number;
  readonly rowCount: number;
  readonly outputPath: string | null;
}

interface UnderWay {
  readonly batch: MiniBatch;
  /** Null where it has failed. */
  readonly work: Promise<BatchResult | null>;
}

/**
 * @throws ScoringError SCORING_SCRIPT_INIT_FAILED, PARALLEL_ERROR_THRESHOLD_EXCEEDED,
 *   PARALLEL_RESULT_INVALID; then no output is written
 */
export async function runMiniBatches(run: ParallelRun): Promise<ParallelSummary> {
  const failed = new FailedBatches(run.definition, run.print);
  const output = await AppendedRows.open(run.outputPath);
  const pool = new WorkerPool(run);
  const counts = { batchCount: 0, itemCount: 0, rowCount: 0 };
  const underWay: UnderWay[] = [];
  // More has failed than may fail: nobody waits for the others to know it.
  const end = Promise.withResolvers<never>();
  const takeFirst = async () => {
    const first = underWay.shift();
    if (first === undefined) return;
    const result = await Promise.race([first.work, end.promise]);
    if (result === null) return;
    await output.append(first.batch, result);
    counts.rowCount += result.count;
  };
  end.promise.catch(() => undefined);
  try {
    for await (const batch of run.batches) {
      counts.batchCount += 1;
      counts.itemCount += batch.count;
      const work = pool.run(batch).then((result) => judge(failed, batch, result));
      // It is looked at in its turn; until then its failure is nobody's to handle.
      work.catch(end.reject);
      underWay.push({ batch, work });
      if (underWay.length >= 2 * run.workers) await takeFirst();
    }
    while (underWay.length > 0) await takeFirst();
    await output.commit();
  } catch (error) {
    await output.discard();
    throw error;
  } finally {
    pool.stop();
  }
  return {
    ...counts,
    failedBatchCount: failed.batchCount,
    missingItemCount: failed.itemCount,
    outputPath: output.path,
  };
}

/** The result, counted for what it lacks; null where there is none. */
function judge(
  failed: FailedBatches,
  batch: MiniBatch,
  result: BatchResult | string,
): BatchResult | null {
  if (typeof result === 'string') {
    failed.add(batch, result);
    return null;
  }
  const missing = batch.count - result.count;
  failed.addMissing(batch, missing, `the script gave back ${result.count} rows for ${batch.count}`);
  return result;
}
