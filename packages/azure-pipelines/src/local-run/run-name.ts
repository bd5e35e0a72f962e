// The build number of a run, from the `name` of its pipeline; revisions are counted for each
// pipeline of the store.
import path from 'node:path';
import { isSameName } from '../orchestrate/run-graph.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { defaultRunName, formatRunName } from '../trigger/run-name.ts';
import { compileTimeVariables } from './build-variables.ts';
import { nextCounter, peekCounter } from './counter-file.ts';
import type { PreparedPipeline } from './prepare-local.ts';

export function nameRun(pipeline: Pipeline, prepared: PreparedPipeline, startTime: Date): string {
  const { request, repository, store } = prepared;
  const { definitionName, branch, isDryRun } = request;
  const file = path.join(store.folder, 'revisions.json');
  const count = isDryRun ? peekCounter : nextCounter;
  const { name } = formatRunName(pipeline.name?.text ?? defaultRunName, {
    startTime,
    sourceBranch: branch,
    teamProject: repository.name,
    definitionName,
    variable: (wanted) => variableOf(wanted, pipeline, prepared),
    nextRevision: (rest) => count({ file, definition: definitionName, prefix: rest }, 1),
  });
  return name;
}

/** Of the root of the file, else given at the start, else predefined. */
function variableOf(
  wanted: string,
  { variables }: Pipeline,
  { request, repository }: PreparedPipeline,
): string | undefined {
  const isWanted = (name: string) => isSameName(name, wanted);
  const own = variables.findLast((entry) => entry.kind === 'value' && isWanted(entry.name));
  if (own?.kind === 'value') return own.value.text;
  const given = Object.entries(request.variables).find(([name]) => isWanted(name));
  const predefined = compileTimeVariables({ ...request, repository });
  return given?.[1] ?? [...predefined].find(([name]) => isWanted(name))?.[1];
}
