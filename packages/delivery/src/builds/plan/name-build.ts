// The build number of a build, from the `name` of its pipeline; revisions are counted for each
// delivery pipeline.
import { defaultRunName, formatRunName, type Pipeline } from '@ridgeline/azure-pipelines';
import type { Counters } from '../store/counters.ts';
import { type BuildContext, compileTimeOf } from './build-context.ts';

export function nameBuild(
  pipeline: Pipeline,
  context: BuildContext,
  counters: Counters,
  startTime: Date,
): string {
  const { definition, self } = context;
  const { name } = formatRunName(pipeline.name?.text ?? defaultRunName, {
    startTime,
    sourceBranch: self.ref,
    teamProject: self.name,
    definitionName: definition.name,
    variable: (wanted) => variableOf(wanted, pipeline, context),
    nextRevision: (rest) => counters.take(Number(definition.id), 'revision', rest, 1),
  });
  return name;
}

/** Of the root of the file, else given when it was queued, else of the definition or predefined. */
function variableOf(
  wanted: string,
  { variables }: Pipeline,
  context: BuildContext,
): string | undefined {
  const isWanted = (name: string) => name.toLowerCase() === wanted.toLowerCase();
  const own = variables.findLast((entry) => entry.kind === 'value' && isWanted(entry.name));
  if (own?.kind === 'value') return own.value.text;
  const { request, definition } = context;
  const given = Object.entries(request.variables ?? {}).find(([name]) => isWanted(name));
  if (given !== undefined) return given[1];
  const kept = definition.variables.find(({ name, isSecret }) => !isSecret && isWanted(name));
  return kept?.value ?? [...compileTimeOf(context)].find(([name]) => isWanted(name))?.[1];
}
