// From what is stored of a build to one that goes: a new one, one that an earlier server left, or
// one that is run again.
import {
  DiagnosticSink,
  killMarked,
  type MappingNode,
  Orchestrator,
  type Pipeline,
  toPipeline,
} from '@ridgeline/azure-pipelines';
import { isForkBuild, partsForFork } from '../fork-rule.ts';
import { openFacts } from '../plan/stored-facts.ts';
import type { BuildRow } from '../store/build-store.ts';
import type { Counters } from '../store/counters.ts';
import { SnapshotSeal } from '../store/sealed-snapshot.ts';
import { ActiveBuild } from './active-build.ts';
import type { BuildSurroundings, EngineParts } from './build-surroundings.ts';
import { StepJournal } from './step-journal.ts';

/** What was running here when the server ended has failed, and only what is to run after a failure
 * still does; what waited, waits again. */
export async function openBuild(
  row: BuildRow,
  parts: EngineParts,
  counters: Counters,
): Promise<ActiveBuild> {
  const around = await surroundingsOf(row, parts, counters);
  const seal = new SnapshotSeal(parts.texts, row.secret_prefix);
  const { state, locks } = await seal.open(await parts.store.snapshot(row.build_id));
  const orchestrator = Orchestrator.restore(around.pipeline, around.kept.facts, state);
  const outstanding = orchestrator.outstanding();
  const lost = await endLost(outstandingJobs(outstanding), around);
  const build = new ActiveBuild(around, orchestrator, seal, locks);
  build.goOn(outstanding, lost);
  return build;
}

export async function openForRerun(
  row: BuildRow,
  scope: 'failed' | 'all',
  parts: EngineParts,
  counters: Counters,
): Promise<ActiveBuild> {
  const { store } = parts;
  const again = {
    attempt: row.attempt + 1,
    status: 'inProgress',
    result: null,
    started_at: store.now(),
    ended_at: null,
    issues: '[]',
  };
  const around = await surroundingsOf({ ...row, ...again }, parts, counters);
  const seal = new SnapshotSeal(parts.texts, row.secret_prefix);
  const { state } = await seal.open(await store.snapshot(row.build_id));
  const { pipeline, kept } = around;
  const orchestrator = Orchestrator.rerun(pipeline, kept.facts, state, scope);
  const json = await seal.seal({ state: orchestrator.snapshot(), locks: {} });
  await store.commit(row.build_id, [
    store.updateBuild(row.build_id, again),
    store.putSnapshot(row.build_id, json),
    store.event(row.build_id, 'started', { attempt: again.attempt, scope }),
  ]);
  const build = new ActiveBuild(around, orchestrator, seal);
  build.start();
  return build;
}

async function surroundingsOf(
  build: BuildRow,
  parts: EngineParts,
  counters: Counters,
): Promise<BuildSurroundings> {
  const { store, texts, paths } = parts;
  const id = build.build_id;
  const plan = await store.plan(id);
  const secrets = JSON.parse(await texts.get(`${build.secret_prefix}/facts`)) as readonly string[];
  const kept = openFacts({ json: plan.facts, secrets });
  const nextCounter = (prefix: string, seed: number) =>
    counters.take(build.pipeline_id, 'counter', prefix, seed);
  const steps = await store.steps(id);
  const journal = new StepJournal(store, id, steps.at(-1)?.log ?? 0);
  const jobs = await store.jobs(id);
  const open = new Set(jobs.flatMap((job) => (job.state === 'inProgress' ? [job.job_id] : [])));
  journal.goOn(steps.filter(({ job_id }) => open.has(job_id)));
  return {
    ...(isForkBuild(kept.facts) ? partsForFork(parts) : parts),
    build,
    pipeline: pipelineOf(plan.expanded, id),
    kept: { ...kept, facts: { ...kept.facts, nextCounter } },
    writeCounters: (tables) => counters.write(tables),
    folder: paths.build(id),
    journal,
  };
}

function pipelineOf(expanded: string, id: number): Pipeline {
  const pipeline = toPipeline(JSON.parse(expanded) as MappingNode, new DiagnosticSink());
  if (pipeline !== undefined) return pipeline;
  throw new Error(`the pipeline that build ${id} was queued with cannot be read any more`);
}

type Outstanding = ReturnType<Orchestrator['outstanding']>;

function outstandingJobs(actions: Outstanding): ReadonlySet<string> {
  const asking = actions.flatMap((action) =>
    action.kind === 'startJob' && !onlyAsks(action.job) ? [action.job.id] : [],
  );
  return new Set(asking);
}

/** A person who is asked by a task can be asked on: nothing of the job has run. */
function onlyAsks({
  holdsAgent,
  steps,
}: Extract<Outstanding[number], { kind: 'startJob' }>['job']) {
  return !holdsAgent && steps.every(({ task }) => /^ManualValidation$/i.test(task.name));
}

/** Ends what those have left running that ran on this machine, and gives their ids. */
async function endLost(
  jobs: ReadonlySet<string>,
  around: BuildSurroundings,
): Promise<ReadonlySet<string>> {
  const { store, build, agents } = around;
  const rows = await store.jobs(build.build_id);
  const begun = rows.filter((row) => jobs.has(row.job_id) && row.state === 'inProgress');
  // What runs on another machine may still do so.
  const lost = begun.filter((row) => !agents.isLeased(build.build_id, row.job_id));
  for (const { mark } of lost) if (mark !== null) await killMarked(mark);
  return new Set(lost.map((row) => row.job_id));
}
