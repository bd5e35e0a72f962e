// What a step's inputs are worth when it starts: text for literals, local paths for the rest.
import { open } from 'node:fs/promises';
import type { PortType, Step, StepInput } from '@ridgeline/azureml-yaml';
import type { Workspace } from '@ridgeline/workspace';
import { searchSpacePrefix } from '../composite/child-step.ts';
import { ownValue } from '../own-value.ts';
import { outputArtifactPath } from '../step/step-folder.ts';
import type { ResolvedInput, ResolvedInputs } from '../submission/submission.ts';
import { isLiteral, maxValueBytes } from './literal-output.ts';

/** Where an output that a step has written is kept. */
export interface PlacedOutput {
  readonly runId: string;
  readonly output: string;
  readonly type: PortType;
}

/** The outputs of the steps that have completed. */
export interface CompletedRuns {
  /** Null where there is no such output, or not yet. */
  find(step: string, output: string): PlacedOutput | null;
}

export interface StepInputValue {
  readonly name: string;
  /** What stands in the command for it. */
  readonly value: string;
  /** What it was resolved to; null for another step's output. */
  readonly source: ResolvedInput | null;
  /** Whether it is a value and no path. */
  readonly isLiteral: boolean;
  /** The run whose output it is, and which one; null where it is none. */
  readonly output: PlacedOutput | null;
}

/** Optional inputs without a value are not among them. */
export async function stepInputValues(
  workspace: Workspace,
  step: Pick<Step, 'name' | 'inputs'>,
  resolved: ResolvedInputs,
  completedRuns: CompletedRuns,
): Promise<readonly StepInputValue[]> {
  const inputs = [...step.inputs].map(async ([name, input]): Promise<StepInputValue | null> => {
    if (input.kind === 'stepOutput') {
      const value = await outputValue(workspace, input, completedRuns);
      return { name, source: null, ...value };
    }
    const source = resolvedInput(step.name, name, input, resolved);
    if (source === null) return null;
    const value = await inputValue(workspace, source);
    return { name, source, value, isLiteral: source.kind === 'literal', output: null };
  });
  return (await Promise.all(inputs)).filter((input) => input !== null);
}

/** As a command takes them: the parameters of a sweep's trial are apart from the inputs. */
export function valuesByName(inputs: readonly StepInputValue[]): {
  readonly inputs: ReadonlyMap<string, string>;
  readonly searchSpace: ReadonlyMap<string, string>;
  /** The names of the inputs that are values and no paths. */
  readonly literals: ReadonlySet<string>;
} {
  const isParameter = ({ name }: StepInputValue) => name.startsWith(searchSpacePrefix);
  const parameters = inputs.filter(isParameter);
  const others = inputs.filter((input) => !isParameter(input));
  return {
    inputs: new Map(others.map(({ name, value }) => [name, value])),
    literals: new Set(others.filter((input) => input.isLiteral).map(({ name }) => name)),
    searchSpace: new Map(
      parameters.map(({ name, value }) => [name.slice(searchSpacePrefix.length), value]),
    ),
  };
}

/** The text of one input; null for an optional one without a value. */
export async function stepInputText(
  workspace: Workspace,
  input: StepInput,
  resolved: ResolvedInputs,
  completedRuns: CompletedRuns,
): Promise<string | null> {
  if (input.kind === 'stepOutput') {
    return (await outputValue(workspace, input, completedRuns)).value;
  }
  const source = resolvedInput('', '', input, resolved);
  return source === null ? null : inputValue(workspace, source);
}

function resolvedInput(
  stepName: string,
  name: string,
  input: Exclude<StepInput, { kind: 'stepOutput' }>,
  { pipeline, steps }: ResolvedInputs,
): ResolvedInput | null {
  switch (input.kind) {
    case 'literal':
      return { kind: 'literal', value: String(input.value) };
    case 'parentInput':
      return ownValue(pipeline, input.name) ?? null;
    case 'item':
      throw new Error(`input '${name}' of a loop's body was never given an item`);
    case 'data': {
      const found = ownValue(ownValue(steps, stepName) ?? {}, name);
      if (found !== undefined || input.optional) return found ?? null;
      throw new Error(`input '${name}' was accepted without a value`);
    }
  }
}

async function outputValue(
  workspace: Workspace,
  { step, output }: { readonly step: string; readonly output: string },
  completedRuns: CompletedRuns,
): Promise<Pick<StepInputValue, 'value' | 'isLiteral' | 'output'>> {
  const placed = completedRuns.find(step, output);
  if (placed === null) throw new Error(`step '${step}' has not written an output '${output}'`);
  const place = await workspace.artifacts.localPath(
    placed.runId,
    outputArtifactPath(placed.output),
  );
  return isLiteral(placed.type)
    ? { value: await readValue(place), isLiteral: true, output: placed }
    : { value: place, isLiteral: false, output: placed };
}

async function readValue(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(maxValueBytes),
      0,
      maxValueBytes,
      0,
    );
    return buffer.toString('utf8', 0, bytesRead).replace(/\r?\n$/, '');
  } finally {
    await handle.close();
  }
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
