// What a lifecycle came to, in one record: the last line that `--json` prints, and the text.
import type { RunningServer } from '@ridgeline/server';
import { describeVerdict } from '../output/describe-job.ts';
import { formatDuration, formatFields } from '../output/table.ts';
import type { LifecycleBuilds, LifecycleResult } from './life.ts';

export interface LifecycleSummary {
  /** `waiting`: a build needs somebody's approval before it goes on. */
  readonly outcome: 'completed' | 'waiting';
  readonly verdict: 'registered' | 'not_better' | 'failed' | null;
  readonly metric: string | null;
  readonly metricValue: number | null;
  readonly productionValue: number | null;
  /** The model version that serves. */
  readonly model: { readonly name: string; readonly version: string } | null;
  readonly endpoint: string | null;
  readonly endpointUrl: string | null;
  readonly rowsScored: number;
  readonly rowsNotScored: number;
  readonly trainingJob: string | null;
  readonly scoringJob: string | null;
  /** The numbers of the builds; null for a project without delivery pipelines. */
  readonly builds: LifecycleBuilds | null;
  readonly workspace: string;
  readonly seconds: number;
}

export function summarise(
  result: LifecycleResult,
  server: RunningServer,
  elapsedMs: number,
): LifecycleSummary {
  const { verdict, endpoint, scoring, builds, waiting, trainingJob } = result;
  return {
    outcome: waiting.length === 0 ? 'completed' : 'waiting',
    verdict: verdict?.outcome ?? null,
    metric: verdict?.metric ?? null,
    metricValue: verdict?.newValue ?? null,
    productionValue: verdict?.productionValue ?? null,
    model: endpoint?.deployments[0]?.model ?? null,
    endpoint: endpoint?.name ?? null,
    endpointUrl: endpoint?.scoringUri ?? null,
    rowsScored: scoring?.rowsScored ?? 0,
    rowsNotScored: scoring?.rowsNotScored ?? 0,
    trainingJob,
    scoringJob: scoring?.job ?? null,
    builds,
    workspace: server.folder,
    seconds: Math.round(elapsedMs / 100) / 10,
  };
}

export function describeSummary(result: LifecycleResult, summary: LifecycleSummary): string {
  const { model, rowsScored, workspace, builds } = summary;
  return formatFields([
    ['verdict', result.verdict === null ? '-' : describeVerdict(result.verdict)],
    ['serving', model === null ? '-' : `${model.name}:${model.version}`],
    ['scored', `${rowsScored} rows`],
    ...(builds === null ? [] : [['builds', describeBuilds(builds)] as const]),
    ['workspace', workspace],
    ['took', formatDuration(summary.seconds * 1000)],
  ]);
}

function describeBuilds({ training, release, batchScoring }: LifecycleBuilds): string {
  const words = [
    `${training} (training)`,
    ...(release === null ? [] : [`${release} (release)`]),
    ...(batchScoring === null ? [] : [`${batchScoring} (batch scoring)`]),
  ];
  return words.join(', ');
}
