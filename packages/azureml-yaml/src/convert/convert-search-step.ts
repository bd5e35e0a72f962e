// Steps that try out models: a sweep over hyperparameters, and automated machine learning.
import { formatReference } from '../expression/reference.ts';
import { expressionsIn } from '../expression/template.ts';
import type { AutoMLTask } from '../job/automl-types.ts';
import type { LiteralPipelineInput, StepInput } from '../job/port-types.ts';
import type { SweepTrial } from '../job/sweep-types.ts';
import { primaryMetricsOf } from '../schema/automl-schema.ts';
import type { MapEntry, Token } from '../text/token.ts';
import { holdsExpression } from './binding.ts';
import type { CommandScope } from './check-command.ts';
import type { Component } from './components.ts';
import {
  autoMLData,
  autoMLMetric,
  autoMLTable,
  convertAutoML,
  reportNoTable,
} from './convert-automl.ts';
import { convertCommand } from './convert-command.ts';
import { asData } from './convert-input.ts';
import { convertStepInput } from './convert-step-input.ts';
import { convertSweep } from './convert-sweep.ts';
import type { FileScope } from './file-scope.ts';
import type { LocalStep } from './graph-types.ts';
import type { PipelineScope } from './pipeline-scope.ts';
import type { Node } from './read-node.ts';
import { entriesAt, mapAt, textMapAt } from './read-token.ts';
import { convertBase, ownScope, type StepContext } from './step-base.ts';

export function convertSweepStep(node: Node, context: StepContext): LocalStep {
  const { token, component } = node;
  const { file } = context.scope;
  const space = entriesAt(token, 'search_space');
  const base = convertBase(node, context, (name) => space.has(name));
  const scope = { ...ownScope(node, base, context), searchSpace: space };
  const trial = convertTrial(mapAt(token, 'trial'), component, file, scope);
  // Of a component, what is drawn needs no other value.
  const inputs =
    component === null
      ? base.inputs
      : new Map([...base.inputs].filter(([name]) => !space.has(name)));
  return { type: 'sweep', ...base, inputs, ...convertSweep(token, file.sink), trial };
}

/** `token`: of a trial that stands in the file itself. */
export function convertTrial(
  token: Token | null,
  component: Component | null,
  file: FileScope,
  scope: CommandScope,
): SweepTrial {
  const isComponent = component?.body.type === 'command';
  const { command, code, environment } = isComponent
    ? component.body.fields
    : convertCommand(token ?? emptyToken, file, scope);
  return {
    command: isComponent ? withDrawn(command, scope.searchSpace ?? new Map()) : command,
    code,
    environment,
    environmentVariables: textMapAt(component?.token ?? token, 'environment_variables'),
  };
}

/** A component knows nothing of sweeps: what is drawn for it, it calls an input. */
function withDrawn(command: string, searchSpace: ReadonlyMap<string, unknown>): string {
  const parts: string[] = [];
  let at = 0;
  for (const { reference, start, end } of expressionsIn(command)) {
    if (reference?.kind !== 'input' || !searchSpace.has(reference.name)) continue;
    const drawn = formatReference({ kind: 'searchSpace', name: reference.name });
    parts.push(command.slice(at, start), drawn);
    at = end;
  }
  return [...parts, command.slice(at)].join('');
}

const emptyToken: Token = { kind: 'scalar', value: null, text: '', offset: 0, end: 0 };

export function convertAutoMLStep(node: Node, context: StepContext): LocalStep {
  const { token, name } = node;
  const { scope } = context;
  const base = convertBase(node, context);
  const inputs = new Map(base.inputs);
  for (const key of autoMLData) {
    const entry = token.kind === 'map' ? token.entries.get(key) : undefined;
    const input = entry === undefined ? null : tableOf(entry, name, scope);
    if (input !== null) inputs.set(key, input);
  }
  const fields = convertAutoML(token, scope.file.sink);
  const metric = boundMetric(node, fields.task, scope);
  if (metric !== null) inputs.set(autoMLMetric, metric);
  // Its trials are runs of their own, and what it finds depends on the time that it has: a result
  // of an earlier job never stands for it.
  const again = { isDeterministic: false };
  return { type: 'automl', ...base, ...again, inputs, ...fields };
}

/** The metric as an input, where a parameter of the pipeline says it: one of the task's. */
function boundMetric({ token, name }: Node, task: AutoMLTask, scope: PipelineScope) {
  const entry = token.kind === 'map' ? token.entries.get(autoMLMetric) : undefined;
  if (entry === undefined || !holdsExpression(entry.value)) return null;
  const declared: LiteralPipelineInput = {
    kind: 'literal',
    type: 'string',
    value: null,
    optional: false,
    minimum: null,
    maximum: null,
    allowed: primaryMetricsOf(task),
    description: null,
    declaredAt: scope.file.sink.source.positionAt(entry.keyOffset),
  };
  return convertStepInput(entry, name, declared, scope);
}

function tableOf(entry: MapEntry, step: string, scope: PipelineScope): StepInput | null {
  const input = convertStepInput(entry, step, null, scope);
  if (input?.kind !== 'literal') return input;
  const table = asData(entry, input, autoMLTable, scope.file);
  if (table.kind === 'data' && table.path !== null) return { ...table, path: table.path };
  reportNoTable(entry, scope.file);
  return null;
}
