// Shows a build as it goes: what runs right now, and each stage once it has ended. It ends with the
// build, or when nothing of it can go on before somebody or the clock lets it.
import type { Build, BuildStage, RidgelineClient } from '@ridgeline/client';
import { resultWords } from '../../ci/result-words.ts';
import { printable } from '../../ci/run-printer.ts';
import { durationOf, nameOf } from '../../output/describe-build.ts';
import type { StageReport } from '../reporter.ts';

/** Checks that ask nobody are decided at once; one that takes longer waits for a clock or a lock. */
const patienceMs = 5_000;

export async function watchBuild(
  client: RidgelineClient,
  id: string,
  report: StageReport,
): Promise<Build> {
  const ended = new Set<string>();
  let shown = '';
  let waitsSince = Number.POSITIVE_INFINITY;
  using watch = client.builds.watch(id);
  for (;;) {
    const build = await client.builds.get(id);
    for (const stage of build.stages) {
      if (stage.result === null || ended.has(stage.id)) continue;
      ended.add(stage.id);
      report.note(describeStage(stage, build));
    }
    if (build.status === 'completed' || waitsForPerson(build)) return build;
    waitsSince = goesOn(build) ? Number.POSITIVE_INFINITY : Math.min(waitsSince, Date.now());
    if (Date.now() - waitsSince > patienceMs) return build;
    const now = runningPart(build);
    if (now !== '' && now !== shown) report.progress(now);
    shown = now;
    await watch.changed(patienceMs);
  }
}

export function waitsForPerson({ approvals }: Build): boolean {
  return approvals.some(({ state }) => state === 'pending');
}

function goesOn({ stages }: Build): boolean {
  const waits = stages.some(({ phase }) => phase === 'checking' || phase === 'awaitingStart');
  return (
    !waits ||
    stages.some(({ jobs }) =>
      jobs.some(({ result, state }) => result === null && state !== 'pending'),
    )
  );
}

/** The step that runs, or the job where it has none. */
function runningPart({ id, stages }: Build): string {
  const jobs = stages.flatMap((stage) => stage.jobs);
  const job = jobs.find(({ state }) => state === 'inProgress');
  if (job === undefined) return '';
  const step = job.steps.find(({ state }) => state === 'inProgress');
  const name = step === undefined ? nameOf(job.displayName, job.job) : printable(step.name);
  return `build ${id}: ${name}`;
}

function describeStage(stage: BuildStage, build: Build): string {
  const words = `${nameOf(stage.displayName, stage.id)} ${resultWords[stage.result ?? 'skipped']}`;
  if (stage.result === 'skipped') return `build ${build.id}: ${words}`;
  const starts = stage.jobs.flatMap(({ startedAt }) => startedAt ?? []).sort();
  const ends = stage.jobs.flatMap(({ endedAt }) => endedAt ?? []).sort();
  const took = durationOf(starts[0] ?? null, ends.at(-1) ?? null);
  return `build ${build.id}: ${words} in ${took}`;
}
