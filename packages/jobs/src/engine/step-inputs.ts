// What a step's inputs are worth when it starts: text for literals, local paths for the rest.
import type { CommandStep, StepInput } from '@ridgeline/azureml-yaml';
import type { Workspace } from '@ridgeline/workspace';
import { ownValue } from '../own-value.ts';
import { outputArtifactPath } from '../step/step-folder.ts';
import type { ResolvedInput, ResolvedInputs } from '../submission/submission.ts';

/** The run of each step that has completed, by the step's name. */
export type CompletedRuns = ReadonlyMap<string, string>;

export interface StepInputValue {
  readonly name: string;
  /** What stands in the command for it. */
  readonly value: string;
  /** What it was resolved to; null for another step's output. */
  readonly source: ResolvedInput | null;
}

export async function stepInputValues(
  workspace: Workspace,
  step: CommandStep,
  resolved: ResolvedInputs,
  completedRuns: CompletedRuns,
): Promise<readonly StepInputValue[]> {
  const inputs = [...step.inputs].map(async ([name, input]) => {
    if (input.kind === 'stepOutput') {
      const value = await outputPath(workspace, input, completedRuns);
      return { name, value, source: null };
    }
    const source = resolvedInput(step.name, name, input, resolved);
    return { name, value: await inputValue(workspace, source), source };
  });
  return Promise.all(inputs);
}

function resolvedInput(
  stepName: string,
  name: string,
  input: Exclude<StepInput, { kind: 'stepOutput' }>,
  { pipeline, steps }: ResolvedInputs,
): ResolvedInput {
  if (input.kind === 'literal') return { kind: 'literal', value: String(input.value) };
  const found =
    input.kind === 'parentInput'
      ? ownValue(pipeline, input.name)
      : ownValue(ownValue(steps, stepName) ?? {}, name);
  if (found === undefined) throw new Error(`input '${name}' was accepted without a value`);
  return found;
}

async function outputPath(
  workspace: Workspace,
  input: Extract<StepInput, { kind: 'stepOutput' }>,
  completedRuns: CompletedRuns,
): Promise<string> {
  const runId = completedRuns.get(input.step);
  if (runId === undefined) throw new Error(`step '${input.step}' has not completed`);
  return workspace.artifacts.localPath(runId, outputArtifactPath(input.output));
}

async function inputValue(workspace: Workspace, source: ResolvedInput): Promise<string> {
  switch (source.kind) {
    case 'literal':
      return source.value;
    case 'uri':
      return workspace.datastores.localPath(source.uri);
    case 'data':
      return workspace.data.localPath(await workspace.data.get(source.name, source.version));
    case 'model':
      return workspace.models.versionFolder(source.name, source.version);
  }
}
