// For tests: steps and job runs written in a few words.

import type { JobRun } from '../orchestrate/job-run.ts';
import type { VariableValue } from '../orchestrate/variable-value.ts';
import type { Text } from '../pipeline/pipeline.ts';
import type { Step } from '../pipeline/step.ts';

const origin = { file: 'azure-pipelines.yml', line: 1, column: 1 };

export function text(value: string): Text {
  return { text: value, origin };
}

type StepFields = Partial<Record<TextField, string>> &
  Pick<Partial<Step>, 'target'> & {
    readonly name?: string;
    readonly env?: Readonly<Record<string, string>>;
  };

const textFields = [
  'displayName',
  'condition',
  'continueOnError',
  'timeoutInMinutes',
  'retryCountOnTaskFailure',
] as const;
type TextField = (typeof textFields)[number];

let unnamed = 0;

export function task(
  reference: string,
  inputs: Readonly<Record<string, string>>,
  fields: StepFields = {},
): Step {
  const [name = '', version = '1'] = reference.split('@');
  unnamed += 1;
  const texts = textFields.flatMap((field) => {
    const value = fields[field];
    return value === undefined ? [] : [[field, text(value)] as const];
  });
  return {
    refName: fields.name ?? `${name}${unnamed}`,
    task: { name, version },
    inputs: textMap(inputs),
    env: textMap(fields.env ?? {}),
    ...Object.fromEntries(texts),
    ...(fields.target === undefined ? {} : { target: fields.target }),
    enabled: true,
    origin,
  };
}

function textMap(values: Readonly<Record<string, string>>): Map<string, Text> {
  return new Map(Object.entries(values).map(([name, value]) => [name, text(value)]));
}

/** What `bash:` comes to. */
export function script(lines: string | readonly string[], fields: StepFields = {}): Step {
  const code = typeof lines === 'string' ? lines : lines.join('\n');
  return task('Bash@3', { targetType: 'inline', script: code }, fields);
}

export interface JobFields extends Partial<Omit<JobRun, 'steps' | 'variables'>> {
  readonly variables?: Readonly<Record<string, string | Partial<VariableValue>>>;
}

export function jobRun(steps: readonly Step[], fields: JobFields = {}): JobRun {
  const { variables = {}, ...others } = fields;
  const entries = Object.entries(variables).map(([name, given]) => {
    const plain = { value: '', secret: false, readonly: false };
    const value = typeof given === 'string' ? { ...plain, value: given } : { ...plain, ...given };
    return [name, value] as const;
  });
  return {
    id: 'Build.Test@1',
    identifier: 'Build.Test',
    stage: 'Build',
    job: {
      id: 'Test',
      kind: 'job',
      displayName: text('Test'),
      dependsOn: [],
      variables: [],
      services: new Map(),
      steps,
      origin,
    },
    attempt: 1,
    stageAttempt: 1,
    position: 1,
    total: 1,
    holdsAgent: true,
    displayName: 'Test',
    timeoutMinutes: 60,
    cancelTimeoutMinutes: 5,
    continueOnError: false,
    pool: { kind: 'agent', demands: [] },
    services: new Map(),
    contexts: { dependencies: {}, stageDependencies: {} },
    ...others,
    variables: new Map(entries),
    steps,
  };
}
