// Names that a pipeline uses and that this machine has been told nothing of: variable groups,
// repositories, service connections, secure files. Said before the first step, all at once.
import { didYouMean } from '../diagnostic/did-you-mean.ts';
import { stepLists } from '../pipeline/all-steps.ts';
import type { Pipeline, VariableEntry } from '../pipeline/pipeline.ts';
import { isCheckout, type Step } from '../pipeline/step.ts';
import type { TaskInput } from '../task/task-input.ts';
import type { TaskRegistry } from '../task/task-registry.ts';
import type { Origin } from '../text/origin.ts';
import { hasName } from './check-part.ts';
import type { PreparedPipeline } from './prepare-local.ts';

export interface Missing {
  readonly message: string;
  readonly origin: Origin;
}

export function missingSurroundings(
  pipeline: Pipeline,
  prepared: PreparedPipeline,
  tasks: TaskRegistry,
): readonly Missing[] {
  return [...missingGroups(pipeline, prepared), ...missingOfSteps(pipeline, prepared, tasks)];
}

function missingGroups(pipeline: Pipeline, { groups }: PreparedPipeline): readonly Missing[] {
  const known = [...groups.keys()];
  return variableLists(pipeline)
    .flat()
    .flatMap((entry) => {
      if (entry.kind !== 'group' || isOpen(entry.group.text) || hasName(known, entry.group.text))
        return [];
      const { text, origin } = entry.group;
      const meant = didYouMean(text, known);
      const message = `variable group '${text}' is not known here; give it with --variable-group ${quoted(`${text}=FILE`)}.${meant}`;
      return [{ message, origin }];
    });
}

/** Every list of variables of a pipeline. */
export function variableLists({
  variables,
  stages,
}: Pipeline): readonly (readonly VariableEntry[])[] {
  return [
    variables,
    ...stages.flatMap((stage) => [stage.variables, ...stage.jobs.map((job) => job.variables)]),
  ];
}

function missingOfSteps(
  pipeline: Pipeline,
  prepared: PreparedPipeline,
  tasks: TaskRegistry,
): readonly Missing[] {
  const steps = [...stepLists(pipeline)].flatMap((list) => list.steps);
  return steps.flatMap((step) =>
    isCheckout(step) ? missingRepository(step, prepared) : missingInputs(step, prepared, tasks),
  );
}

function missingRepository(step: Step, { source }: PreparedPipeline): readonly Missing[] {
  const repository = step.inputs.get('repository');
  const name = repository?.text ?? 'self';
  if (repository === undefined || isOpen(name) || name === 'none') return [];
  if (hasName(source.aliases, name)) return [];
  const meant = didYouMean(name, source.aliases);
  const message = `repository '${name}' is not known here; say where it lies with --repository ${quoted(`${name}=FOLDER`)}.${meant}`;
  return [{ message, origin: repository.origin }];
}

function missingInputs(
  step: Step,
  prepared: PreparedPipeline,
  tasks: TaskRegistry,
): readonly Missing[] {
  const inputs = tasks.find(step.task)?.inputs ?? [];
  return [...step.inputs].flatMap(([name, { text, origin }]) => {
    const kind = inputs.find((input) => isNamed(input, name))?.kind;
    const message = isOpen(text) || text === '' ? undefined : problemOf(kind, text, prepared);
    return message === undefined ? [] : [{ message, origin }];
  });
}

function problemOf(
  kind: TaskInput['kind'],
  text: string,
  { connections, secureFiles }: PreparedPipeline,
): string | undefined {
  if (kind === 'secureFile' && secureFiles === null)
    return `secure file '${text}' is not known here; name the folder that holds it with --secure-files`;
  const known = [...connections.values()].flatMap(({ id, name }) => [id, name]);
  if (kind !== 'connection' || hasName(known, text)) return undefined;
  return `service connection '${text}' is not known here; describe it in the file of --connections.${didYouMean(text, known)}`;
}

function isNamed({ name, aliases = [] }: TaskInput, wanted: string): boolean {
  return hasName([name, ...aliases], wanted);
}

/** Settled only when the run goes. */
function isOpen(text: string): boolean {
  return text.includes('$(') || text.includes('$[');
}

function quoted(text: string): string {
  return /^[\w=./-]+$/.test(text) ? text : `'${text}'`;
}
