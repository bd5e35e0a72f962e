// The service connections and secure files that a pipeline's steps name, as far as that is known
// before it runs: as they stand, or by a variable of the whole pipeline, of a group or of the definition.
import {
  type GivenVariables,
  isCheckout,
  type Origin,
  type Pipeline,
  type Step,
  stepLists,
  type TaskRegistry,
} from '@ridgeline/azure-pipelines';
import { keyOf } from './check-words.ts';

/** What the inputs of tasks can name. */
export type NamedKind = 'connection' | 'secureFile';

export interface NamedAsset {
  readonly name: string;
  readonly origin: Origin;
}

export interface KnownVariables {
  readonly groups: ReadonlyMap<string, GivenVariables>;
  readonly definitionVariables: GivenVariables;
  readonly queueVariables: Readonly<Record<string, string>>;
}

export function namedInSteps(
  kind: NamedKind,
  pipeline: Pipeline,
  tasks: TaskRegistry,
  known: KnownVariables,
): readonly NamedAsset[] {
  const values = valuesOf(pipeline, known);
  const steps = [...stepLists(pipeline)].flatMap((list) => list.steps);
  return steps.flatMap((step) =>
    isCheckout(step) ? [] : inputsOf(kind, step, tasks).flatMap((each) => named(each, values)),
  );
}

function inputsOf(wanted: NamedKind, step: Step, tasks: TaskRegistry): readonly NamedAsset[] {
  const inputs = tasks.find(step.task)?.inputs ?? [];
  const names = inputs
    .filter(({ kind }) => kind === wanted)
    .flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  const keys = new Set(names.map(keyOf));
  return [...step.inputs].flatMap(([input, { text, origin }]) =>
    keys.has(keyOf(input)) && text !== '' ? [{ name: text, origin }] : [],
  );
}

/** None where it is settled only by the run. */
function named(
  { name, origin }: NamedAsset,
  values: ReadonlyMap<string, string>,
): readonly NamedAsset[] {
  const variable = /^\$\(([^()]+)\)$/.exec(name)?.[1];
  const found = variable === undefined ? name : values.get(keyOf(variable));
  return found === undefined || found.includes('$') ? [] : [{ name: found, origin }];
}

/** By key. Those that a stage or a job has of its own are left out: there they may be something else. */
function valuesOf(pipeline: Pipeline, known: KnownVariables): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const take = (given: GivenVariables) => {
    for (const [name, { value }] of given) values.set(keyOf(name), value);
  };
  take(known.definitionVariables);
  for (const [name, value] of Object.entries(known.queueVariables)) values.set(keyOf(name), value);
  for (const entry of pipeline.variables) {
    if (entry.kind === 'group') take(groupOf(known, entry.group.text));
    else values.set(keyOf(entry.name), entry.value.text);
  }
  for (const name of ownVariables(pipeline, known)) values.delete(keyOf(name));
  return values;
}

function ownVariables({ stages }: Pipeline, known: KnownVariables): readonly string[] {
  const lists = stages.flatMap(({ variables, jobs }) => [
    variables,
    ...jobs.map((job) => job.variables),
  ]);
  return lists
    .flat()
    .flatMap((entry) =>
      entry.kind === 'group' ? [...groupOf(known, entry.group.text).keys()] : [entry.name],
    );
}

function groupOf({ groups }: KnownVariables, name: string): GivenVariables {
  return [...groups].find(([each]) => keyOf(each) === keyOf(name))?.[1] ?? new Map();
}
