// Finds out what a step's result depends on: its code, its command, its environment and its inputs.
import type { CommandStep } from '@ridgeline/azureml-yaml';
import type { Workspace } from '@ridgeline/workspace';
import type { StepInputValue } from '../engine/step-inputs.ts';
import { contentDigest } from './content-digest.ts';
import { type FingerprintParts, hiddenPart, type Part, shownPart } from './fingerprint.ts';

export interface StepToCompare {
  readonly step: CommandStep;
  readonly codeId: string | null;
  readonly inputs: readonly StepInputValue[];
}

/** Null where an input cannot be compared: it is too large, or is not there. */
export async function stepParts(
  workspace: Workspace,
  { step, codeId, inputs }: StepToCompare,
): Promise<FingerprintParts | null> {
  const named: Array<readonly [string, Part]> = [];
  for (const input of inputs) {
    const part = await inputPart(workspace, input);
    if (part === null) return null;
    named.push([input.name, part]);
  }
  const { variables, outputs } = portsOf(step);
  return {
    code: { is: codeId ?? '', shown: null },
    command: hiddenPart(step.command),
    environment: shownPart(await environmentIdentity(workspace, step.environment)),
    variables,
    inputs: Object.fromEntries(named),
    outputs,
  };
}

function portsOf({ environmentVariables, outputs }: CommandStep) {
  const variables = [...environmentVariables].map(
    ([name, value]) => [name, hiddenPart(value)] as const,
  );
  const types = [...outputs].map(([name, { type }]) => [name, shownPart(type)] as const);
  return { variables: Object.fromEntries(variables), outputs: Object.fromEntries(types) };
}

async function inputPart(
  workspace: Workspace,
  { value, source }: StepInputValue,
): Promise<Part | null> {
  switch (source?.kind) {
    case 'literal':
      return shownPart(source.value);
    case 'model':
      return shownPart(`azureml:${source.name}:${source.version}`);
    case 'data': {
      const { sha256 } = await workspace.data.get(source.name, source.version);
      return { is: `sha256:${sha256}`, shown: `azureml:${source.name}:${source.version}` };
    }
    case 'uri':
      return contentPart(value);
    // What another step has written: a file or folder, or the text of a value.
    case undefined:
      return value.startsWith(workspace.folder) ? contentPart(value) : shownPart(value);
  }
}

async function contentPart(place: string): Promise<Part | null> {
  const digest = await contentDigest(place);
  return digest === null ? null : { is: `content:${digest}`, shown: null };
}

async function environmentIdentity(
  { environments }: Workspace,
  reference: string | null,
): Promise<string> {
  return (await environments.resolve(reference)).identity;
}
