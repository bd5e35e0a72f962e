// A step that is carried out by a program of ours, as a command step: the program is told of the
// step by a JSON document in its environment, and finds inputs and outputs as its arguments.
import type { CommandStep, Step } from '@ridgeline/azureml-yaml';

/** The variable that holds the JSON document. */
export const definitionVariable = 'RIDGELINE_STEP_DEFINITION';

export interface ProgramStep {
  readonly code: string | null;
  readonly environment: string | null;
  readonly timeoutSeconds: number | null;
  /** What the program is told, besides its inputs and outputs. */
  readonly definition: unknown;
  /** More arguments: a template. */
  readonly programArguments?: string;
}

export function programCommand(step: Step, program: string, more: ProgramStep): CommandStep {
  const inputs = [...step.inputs.keys()].map((name) => `$[[--input ${name}=\${{inputs.${name}}}]]`);
  const outputs = [...step.outputs.keys()].map((name) => `--output ${name}=\${{outputs.${name}}}`);
  const own = more.programArguments ? ['--', more.programArguments] : [];
  const definition = JSON.stringify(more.definition, (_, value: unknown) =>
    value instanceof Map ? Object.fromEntries(value) : value,
  );
  return {
    type: 'command',
    name: step.name,
    displayName: step.displayName,
    description: step.description,
    tags: step.tags,
    properties: step.properties,
    compute: step.compute,
    priority: step.priority,
    retry: step.retry,
    isDeterministic: step.isDeterministic,
    instanceCount: 1,
    environmentVariables: new Map([...step.environmentVariables, [definitionVariable, definition]]),
    inputs: step.inputs,
    outputs: step.outputs,
    dependsOn: step.dependsOn,
    when: step.when,
    command: [program, ...inputs, ...outputs, ...own].join(' '),
    code: more.code,
    environment: more.environment,
    timeoutSeconds: more.timeoutSeconds,
  };
}
