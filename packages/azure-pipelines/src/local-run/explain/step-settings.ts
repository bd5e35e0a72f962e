// Steps that set a variable by `##vso[task.setvariable]`, as far as their texts say so. A program
// that prints the command itself is not seen.

import { isSameName } from '../../orchestrate/run-graph.ts';
import { stepLists } from '../../pipeline/all-steps.ts';
import type { Pipeline, Text } from '../../pipeline/pipeline.ts';
import type { Step } from '../../pipeline/step.ts';
import { mask } from './mask.ts';
import type { VariableSetting } from './variable-explanation.ts';

const command = /##vso\[task\.setvariable\s+([^\]]*)\]([^\r\n]*)/gi;

export function stepSettings(name: string, pipeline: Pipeline): readonly VariableSetting[] {
  return [...stepLists(pipeline)].flatMap(({ job, steps }) =>
    steps.flatMap((step) => settingsOf(name, step, job.id)),
  );
}

function settingsOf(name: string, step: Step, job: string): readonly VariableSetting[] {
  return [...step.inputs.values()].flatMap((input) =>
    [...input.text.matchAll(command)].flatMap(([, properties = '', value = '']) => {
      const set = setBy(properties, step);
      return isSameName(set.name, name) ? [settingOf(set, input, step, job, value)] : [];
    }),
  );
}

interface SetBy {
  readonly name: string;
  readonly isSecret: boolean;
  readonly isOutput: boolean;
  readonly isReadonly: boolean;
}

/** An output is called by its step's name; its plain name stays what it was. */
function setBy(properties: string, step: Step): SetBy {
  const of = (key: string) =>
    new RegExp(`(?:^|;)\\s*${key}=([^;]*)`, 'i').exec(properties)?.[1]?.trim() ?? '';
  const isTrue = (key: string) => of(key).toLowerCase() === 'true';
  const isOutput = isTrue('isoutput');
  return {
    name: isOutput ? `${step.refName}.${of('variable')}` : of('variable'),
    isSecret: isTrue('issecret'),
    isOutput,
    isReadonly: isTrue('isreadonly'),
  };
}

function settingOf(
  { isSecret, isOutput, isReadonly }: SetBy,
  { origin }: Text,
  step: Step,
  job: string,
  value: string,
): VariableSetting {
  const written = value.replace(/["']\s*$/, '');
  return {
    scope: 'step',
    where: `${job}: ${step.displayName?.text ?? step.refName}`,
    phase: 'run',
    value: isSecret ? mask : written,
    origin,
    readonly: isReadonly || isOutput,
    note: isOutput
      ? 'an output: later steps of the job read it by this name, other jobs by dependencies'
      : 'as written in the step; holds from the next step of this job on',
  };
}
