// What the orchestrator is told of a run on this machine: its variables of every kind, groups and
// counters.
import path from 'node:path';
import type { GivenVariables, RunFacts } from '../orchestrate/run-facts.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { runVariables } from './build-variables.ts';
import { variableLists } from './check-surroundings.ts';
import { nextCounter, peekCounter } from './counter-file.ts';
import type { PreparedPipeline } from './prepare-local.ts';
import { resourceVariables } from './resource-variables.ts';
import type { RunRecord } from './run-record.ts';

/** The same for every attempt of a run, but for the values of secrets, which are read each time. */
export async function factsOf(
  pipeline: Pipeline,
  prepared: PreparedPipeline,
  record: RunRecord,
): Promise<RunFacts> {
  const { request, repository, store, groups, source } = prepared;
  const { definitionName: definition, isDryRun } = request;
  const file = path.join(store.folder, 'counters.json');
  // A run that runs nothing uses no number up.
  const count = isDryRun ? peekCounter : nextCounter;
  const build = { ...request, number: record.number, buildNumber: record.buildNumber, repository };
  return {
    startTime: record.createdAt,
    variables: new Map([
      ...runVariables(build),
      ...(await resourceVariables(pipeline, source, store)),
      ...accessToken(prepared),
    ]),
    queueVariables: queueVariables(prepared),
    // A run would have been refused; a dry one only shows.
    groups: new Map([...(isDryRun ? unknownGroups(pipeline) : []), ...groups]),
    environments: machinesOf(prepared),
    nextCounter: (prefix, seed) => count({ file, definition, prefix }, seed),
  };
}

/** The machines that a rolling deployment goes through. */
export function machinesOf({ environments }: PreparedPipeline): RunFacts['environments'] {
  return new Map([...environments].map(([name, { resources }]) => [name, resources]));
}

/** There is no server to call here: without a token of one's own it is empty, and not `$(…)`. */
function accessToken({ secrets }: PreparedPipeline): GivenVariables {
  const [, value = ''] = [...secrets].find(([name]) => /^system[._]accesstoken$/i.test(name)) ?? [];
  return new Map([['System.AccessToken', { value, secret: true, readonly: true }]]);
}

/** Queue-time variables; secrets are never kept with the run. */
export function queueVariables({ request, secrets }: PreparedPipeline): GivenVariables {
  const given = Object.entries(request.variables).map(
    ([name, value]) => [name, { value }] as const,
  );
  const hidden = [...secrets].map(([name, value]) => [name, { value, secret: true }] as const);
  return new Map([...given, ...hidden]);
}

/** The groups that a pipeline names, with nothing in them. */
export function unknownGroups(pipeline: Pipeline): ReadonlyMap<string, GivenVariables> {
  const entries = variableLists(pipeline).flat();
  const names = entries.flatMap((entry) => (entry.kind === 'group' ? [entry.group.text] : []));
  return new Map(names.map((name) => [name, new Map()]));
}
