// What a lifecycle came to, in one record: the last line that `--json` prints, and the text.
import type { RunningServer } from '@ridgeline/server';
import { describeVerdict } from '../output/describe-job.ts';
import { formatDuration, formatFields } from '../output/table.ts';
import type { LifecycleResult } from './lifecycle.ts';

export interface LifecycleSummary {
  readonly outcome: 'completed';
  readonly verdict: 'registered' | 'not_better' | 'failed' | null;
  readonly metric: string | null;
  readonly metricValue: number | null;
  readonly productionValue: number | null;
  /** The model version that serves. */
  readonly model: { readonly name: string; readonly version: string } | null;
  readonly endpoint: string;
  readonly endpointUrl: string;
  readonly rowsScored: number;
  readonly rowsNotScored: number;
  readonly trainingJob: string;
  readonly scoringJob: string;
  readonly workspace: string;
  readonly seconds: number;
}

export function summarise(
  result: LifecycleResult,
  server: RunningServer,
  elapsedMs: number,
): LifecycleSummary {
  const { verdict, endpoint } = result;
  return {
    outcome: 'completed',
    verdict: verdict?.outcome ?? null,
    metric: verdict?.metric ?? null,
    metricValue: verdict?.newValue ?? null,
    productionValue: verdict?.productionValue ?? null,
    model: endpoint.deployments[0]?.model ?? null,
    endpoint: endpoint.name,
    endpointUrl: endpoint.scoringUri,
    rowsScored: result.rowsScored,
    rowsNotScored: result.rowsNotScored,
    trainingJob: result.trainingJob,
    scoringJob: result.scoringJob,
    workspace: server.folder,
    seconds: Math.round(elapsedMs / 100) / 10,
  };
}

export function describeSummary(result: LifecycleResult, summary: LifecycleSummary): string {
  const { model, rowsScored, workspace } = summary;
  return formatFields([
    ['verdict', result.verdict === null ? '-' : describeVerdict(result.verdict)],
    ['serving', model === null ? '-' : `${model.name}:${model.version}`],
    ['scored', `${rowsScored} rows`],
    ['workspace', workspace],
    ['took', formatDuration(summary.seconds * 1000)],
  ]);
}
