// One component, inline or from a file: its ports, and what it runs.
import type { MapToken } from '../text/token.ts';
import type { CommandScope } from './check-command.ts';
import type { Component, ComponentBody, ConvertComponent } from './components.ts';
import { convertCommand } from './convert-command.ts';
import { convertGraph } from './convert-graph.ts';
import { convertInputs } from './convert-input.ts';
import { convertParallel } from './convert-parallel.ts';
import type { FileScope } from './file-scope.ts';
import { absentInputs } from './optional-inputs.ts';
import { entriesAt, stringAt } from './read-token.ts';

/** Null for a type that is not built, which is reported. */
export const convertComponent: ConvertComponent = (token, file, owner, searchSpace) => {
  const inputs = convertInputs(token, file);
  const outputs = entriesAt(token, 'outputs');
  const scope = { owner, inputs, optional: absentInputs(inputs), outputs, searchSpace };
  const body = convertBody(token, file, scope);
  const component: Component | null =
    body === null ? null : { token, file, inputs: portsOf(body) ?? inputs, outputs, body };
  return component;
};

function convertBody(token: MapToken, file: FileScope, scope: CommandScope): ComponentBody | null {
  const type = stringAt(token, 'type') ?? 'command';
  if (type === 'command') return { type, fields: convertCommand(token, file, scope) };
  if (type === 'parallel') return { type, fields: convertParallel(token, file, scope) };
  return type === 'pipeline' ? { type, graph: convertGraph(token, file) } : null;
}

function portsOf(body: ComponentBody): Component['inputs'] | null {
  return body.type === 'pipeline' ? body.graph.inputs : null;
}
