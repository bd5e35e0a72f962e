// Follows a build to its end: the logs of its steps one after the other, as they come, and what it
// waits for a person with.
import type {
  Build,
  BuildJob,
  BuildStep,
  BuildSummary,
  ChangeWatch,
  RidgelineClient,
} from '@ridgeline/client';

export interface LoggedStep {
  readonly stage: string;
  readonly job: BuildJob;
  readonly step: BuildStep;
}

export interface BuildReader {
  /** Before its lines. */
  onStep(step: LoggedStep): void;
  onLine(line: string): void;
  /** Once for each question, by the build as it is. */
  onQuestion(question: Build['approvals'][number]): void;
}

export async function followBuild(
  client: RidgelineClient,
  id: string,
  reader: BuildReader,
): Promise<Build> {
  const shown = new Set<number>();
  const asked = new Set<string>();
  using watch = client.builds.watch(id, ['build', 'log']);
  for (;;) {
    const build = await client.builds.get(id);
    for (const question of build.approvals) {
      if (question.state !== 'pending' || asked.has(question.id)) continue;
      asked.add(question.id);
      reader.onQuestion(question);
    }
    const next = stepsOf(build).find(({ step }) => hasBegun(step) && !shown.has(step.log));
    if (next !== undefined) {
      shown.add(next.step.log);
      await showStep(client, id, next, reader, watch);
    } else if (build.status === 'completed') return build;
    else await watch.changed();
  }
}

/** In the order in which they began. */
export function stepsOf({ stages }: Build): readonly LoggedStep[] {
  const steps = stages.flatMap(({ id, jobs }) =>
    jobs.flatMap((job) => job.steps.map((step) => ({ stage: id, job, step }))),
  );
  return steps.toSorted((a, b) => a.step.log - b.step.log);
}

export function isGood({ result }: BuildSummary): boolean {
  return result === 'succeeded' || result === 'succeededWithIssues';
}

export function hasBegun({ state }: BuildStep): boolean {
  return state !== 'pending';
}

export async function showStep(
  client: RidgelineClient,
  id: string,
  logged: LoggedStep,
  reader: Pick<BuildReader, 'onStep' | 'onLine'>,
  watch?: ChangeWatch,
): Promise<void> {
  reader.onStep(logged);
  const { step } = logged;
  if (step.result === 'skipped') {
    for (const line of step.conditionTrace) reader.onLine(`  ${line}`);
    return;
  }
  const options = watch === undefined ? {} : { watch };
  for await (const lines of client.builds.followLog(id, step.log, options)) {
    for (const line of lines) reader.onLine(line);
  }
}
