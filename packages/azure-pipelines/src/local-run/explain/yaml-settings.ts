// The places in the file that set a variable: lists of variables, groups in them, matrix legs.

import { isSameName } from '../../orchestrate/run-graph.ts';
import type { Job, Pipeline, VariableEntry } from '../../pipeline/pipeline.ts';
import type { VariableGroup } from '../variable-group-file.ts';
import { maskOf } from './mask.ts';
import type { VariablePhase, VariableScopeName, VariableSetting } from './variable-explanation.ts';

type Groups = ReadonlyMap<string, VariableGroup>;

export function yamlSettings(
  name: string,
  pipeline: Pipeline,
  groups: Groups,
): readonly VariableSetting[] {
  const of = (entries: readonly VariableEntry[], scope: VariableScopeName, where: string) =>
    entries.flatMap((entry) => settingsOf(name, entry, groups, scope, where));
  const { stages } = pipeline;
  const jobs = stages.flatMap((stage) =>
    stage.jobs.map((job) => ({ job, id: `${stage.id}.${job.id}` })),
  );
  return [
    ...of(pipeline.variables, 'pipeline', ''),
    ...stages.flatMap(({ id, variables }) => of(variables, 'stage', id)),
    ...jobs.flatMap(({ job, id }) => of(job.variables, 'job', id)),
    ...jobs.flatMap(({ job, id }) => legSettings(name, job, id)),
  ];
}

function settingsOf(
  name: string,
  entry: VariableEntry,
  groups: Groups,
  scope: VariableScopeName,
  where: string,
): readonly VariableSetting[] {
  if (entry.kind === 'group') return groupSettings(name, entry.group, groups, scope, where);
  if (!isSameName(entry.name, name)) return [];
  const { value, readonly } = entry;
  return [
    { scope, where, phase: phaseOf(value.text), value: value.text, origin: value.origin, readonly },
  ];
}

function groupSettings(
  name: string,
  { text, origin }: { readonly text: string; readonly origin: VariableSetting['origin'] & object },
  groups: Groups,
  scope: VariableScopeName,
  where: string,
): readonly VariableSetting[] {
  const at = {
    scope,
    where: `${where === '' ? '' : `${where}, `}group '${text}'`,
    origin,
    readonly: false,
  };
  const group = [...groups].find(([known]) => isSameName(known, text))?.[1];
  if (group === undefined) {
    const note = `not known here, and may set it: --variable-group '${text}=FILE'`;
    return [{ ...at, phase: 'prepare', value: null, note }];
  }
  const found = [...group].find(([known]) => isSameName(known, name))?.[1];
  return found === undefined ? [] : [{ ...at, phase: 'prepare', value: maskOf(found) }];
}

function legSettings(name: string, { strategy }: Job, id: string): readonly VariableSetting[] {
  if (strategy?.kind === 'runtime') {
    const { text, origin } = strategy.runtime;
    const note = `its legs come from ${text} and may set it`;
    return [
      { scope: 'matrix', where: id, phase: 'prepare', value: null, origin, readonly: false, note },
    ];
  }
  if (strategy?.kind !== 'matrix') return [];
  return strategy.legs.flatMap((leg) =>
    [...leg.variables]
      .filter(([known]) => isSameName(known, name))
      .map(([, { text, origin }]) => ({
        scope: 'matrix' as const,
        where: `${id}.${leg.name}`,
        phase: phaseOf(text),
        value: text,
        origin,
        readonly: false,
      })),
  );
}

/** What stands in the file is known when it is compiled; expressions wait for their job. */
function phaseOf(text: string): VariablePhase {
  return /^\s*\$\[/.test(text) ? 'prepare' : 'compile';
}
