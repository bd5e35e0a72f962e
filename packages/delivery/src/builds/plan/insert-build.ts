// From what was planned to a build that is there: its number, its facts, and its first snapshot, all
// in one commit.
import { randomUUID } from 'node:crypto';
import { Orchestrator } from '@ridgeline/azure-pipelines';
import type { EngineParts } from '../run/build-surroundings.ts';
import type { BuildRow } from '../store/build-store.ts';
import type { Counters } from '../store/counters.ts';
import { reasonOf } from './build-context.ts';
import { factsOf } from './gather-facts.ts';
import { nameBuild } from './name-build.ts';
import { outlineOf } from './outline.ts';
import type { PlannedBuild } from './plan-build.ts';
import { sealFacts } from './stored-facts.ts';

const maxMessage = 500;

/** @throws OrchestrateError STAGE_UNKNOWN, STAGE_NOT_SKIPPABLE */
export async function insertBuild(
  { parts, compiled }: PlannedBuild,
  { store, texts }: EngineParts,
  counters: Counters,
): Promise<BuildRow> {
  const { context, pipeline, repositories } = parts;
  const at = new Date(store.now());
  const id = counters.take(0, 'build', '', 1);
  const buildNumber = nameBuild(pipeline, context, counters, at);
  const facts = factsOf(parts, id, buildNumber, at);
  const state = new Orchestrator(pipeline, facts).snapshot();
  const resources = Object.fromEntries([...parts.resources].map(([alias, { id }]) => [alias, id]));
  const sealed = sealFacts({ facts, repositories, resources });
  const row = rowOf(parts, id, buildNumber, at.getTime());
  await texts.put(`${row.secret_prefix}/facts`, JSON.stringify(sealed.secrets));
  const plan = {
    build_id: id,
    final_yaml: compiled.finalYaml,
    expanded: JSON.stringify(compiled.expanded),
    facts: sealed.json,
    outline: JSON.stringify(outlineOf(pipeline)),
  };
  await store.commit(id, [
    store.insertBuild(row),
    (tables) => tables.insertInto('build_plans').values(plan).execute(),
    store.putSnapshot(id, JSON.stringify({ state, locks: {} })),
    (tables) => counters.write(tables),
    store.event(id, 'queued', { pipeline: context.definition.name, reason: row.reason }),
  ]);
  return row;
}

function rowOf(
  { context, pipeline, triggeredBy }: PlannedBuild['parts'],
  id: number,
  buildNumber: string,
  now: number,
): BuildRow {
  const { definition, request, self } = context;
  return {
    build_id: id,
    pipeline_id: Number(definition.id),
    pipeline_name: definition.name,
    build_number: buildNumber,
    status: 'inProgress',
    result: null,
    reason: reasonOf(context),
    branch: self.ref,
    commit_id: self.commit,
    commit_message: (self.message.split('\n')[0] ?? '').slice(0, maxMessage),
    requested_by: request.requestedBy ?? '',
    tags: '[]',
    attempt: 1,
    parameters: JSON.stringify(request.parameters ?? {}),
    variables: JSON.stringify(shownVariables(context)),
    triggered_by: triggeredBy === undefined ? null : Number(triggeredBy.id),
    issues: '[]',
    trigger_event: request.trigger?.event ?? null,
    appends_message: pipeline.appendCommitMessageToRunName ? 1 : 0,
    secret_prefix: `builds/${randomUUID()}`,
    queued_at: now,
    started_at: now,
    ended_at: null,
  };
}

/** What takes the place of a secret is not shown. */
function shownVariables({ definition, request }: PlannedBuild['parts']['context']) {
  const secret = new Set(
    definition.variables.flatMap(({ name, isSecret }) => (isSecret ? [name.toLowerCase()] : [])),
  );
  const given = Object.entries(request.variables ?? {});
  return Object.fromEntries(
    given.map(([name, value]) => [name, secret.has(name.toLowerCase()) ? '***' : value]),
  );
}
