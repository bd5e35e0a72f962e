// A job that is one step: a command, a sweep, a parallel run or automated ML with a job's name,
// inputs and outputs.

import type { AutoMLJob, CommandJob, ParallelJob, SweepJob } from '../job/job-types.ts';
import type { PipelineInput } from '../job/port-types.ts';
import type { MapEntry, MapToken } from '../text/token.ts';
import type { CommandScope } from './check-command.ts';
import type { Component } from './components.ts';
import { autoMLData, autoMLTable, convertAutoML, reportNoTable } from './convert-automl.ts';
import { convertCommand } from './convert-command.ts';
import { asData, convertInput, convertInputs } from './convert-input.ts';
import { convertJobFields } from './convert-job-fields.ts';
import { convertJobOutputs } from './convert-output.ts';
import { convertParallel } from './convert-parallel.ts';
import { convertTrial } from './convert-search-step.ts';
import { convertSweep } from './convert-sweep.ts';
import { convertWorkFields } from './convert-work-fields.ts';
import type { FileScope } from './file-scope.ts';
import { absentInputs } from './optional-inputs.ts';
import { trialComponent } from './read-node.ts';
import { entriesAt, mapAt } from './read-token.ts';

export function convertCommandJob(root: MapToken, file: FileScope): CommandJob {
  const fields = convertFields(root, file);
  return { type: 'command', ...fields, ...convertCommand(root, file, scopeOf(fields)) };
}

export function convertParallelJob(root: MapToken, file: FileScope): ParallelJob {
  const fields = convertFields(root, file);
  return { type: 'parallel', ...fields, ...convertParallel(root, file, scopeOf(fields)) };
}

export function convertSweepJob(root: MapToken, file: FileScope): SweepJob {
  const fields = convertFields(root, file);
  const searchSpace = entriesAt(root, 'search_space');
  const component = trialComponent(root, file, 'the trial') ?? null;
  if (component !== null)
    requireInputs(component, fields.inputs, searchSpace, placeOf(root, 'trial'), file);
  const scope = { ...scopeOf(fields), searchSpace };
  const trial = convertTrial(mapAt(root, 'trial'), component, file, scope);
  return { type: 'sweep', ...fields, ...convertSweep(root, file.sink), trial };
}

export function convertAutoMLJob(root: MapToken, file: FileScope): AutoMLJob {
  const fields = convertFields(root, file);
  const inputs = new Map(fields.inputs);
  for (const key of autoMLData) {
    const entry = root.entries.get(key);
    if (entry === undefined) continue;
    inputs.set(key, tableAt(entry, file));
  }
  return { type: 'automl', ...fields, inputs, ...convertAutoML(root, file.sink) };
}

function tableAt(entry: MapEntry, file: FileScope): PipelineInput {
  const input = asData(entry, convertInput(entry, file), autoMLTable, file);
  if (input.kind === 'literal') reportNoTable(entry, file);
  return input;
}

function convertFields(root: MapToken, file: FileScope) {
  return {
    ...convertWorkFields(root, null, file.sink),
    ...convertJobFields(root, file.sink),
    inputs: convertInputs(root, file),
    outputs: convertJobOutputs(root, file.sink),
  };
}

type Fields = ReturnType<typeof convertFields>;

function scopeOf({ inputs, outputs }: Fields): CommandScope {
  const optional = absentInputs(inputs);
  return { owner: 'the job', inputs, optional, outputs, searchSpace: null };
}

/** What a trial that is a component asks for, the job or its search space must give. */
function requireInputs(
  component: Component,
  inputs: ReadonlyMap<string, PipelineInput>,
  searchSpace: ReadonlyMap<string, unknown>,
  place: number,
  { sink }: FileScope,
): void {
  for (const [name, input] of component.inputs) {
    const given = input.kind === 'literal' ? input.value : input.path;
    if (given !== null || input.optional || inputs.has(name) || searchSpace.has(name)) continue;
    const message = `the trial's input '${name}' has no value; add it under the job's inputs or its search_space`;
    sink.report('INPUT_VALUE_MISSING', place, message);
  }
}

function placeOf(root: MapToken, key: string): number {
  return root.entries.get(key)?.keyOffset ?? root.offset;
}
