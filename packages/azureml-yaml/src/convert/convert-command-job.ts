// A command job on its own: a step with a job's name, inputs and outputs.
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import type { CommandJob } from '../job/job-types.ts';
import type { MapToken } from '../text/token.ts';
import { checkCommand } from './check-command.ts';
import { codeAt, environmentAt, resourceNameAt } from './check-strings.ts';
import { convertInputs } from './convert-input.ts';
import { convertJobFields } from './convert-job-fields.ts';
import { convertJobOutputs } from './convert-output.ts';
import { mapAt, numberAt, stringTokenAt, textMapAt } from './read-token.ts';

export function convertCommandJob(root: MapToken, sink: DiagnosticSink): CommandJob {
  const inputs = convertInputs(root, sink);
  const outputs = convertJobOutputs(root, sink);
  const command = stringTokenAt(root, 'command');
  if (command !== null) {
    const scope = { inputs: new Set(inputs.keys()), outputs: new Set(outputs.keys()) };
    checkCommand(command, { owner: 'the job', ...scope }, sink);
  }
  return {
    type: 'command',
    ...convertJobFields(root, sink),
    command: command?.value ?? '',
    code: codeAt(root, sink),
    environment: environmentAt(root, sink),
    compute: resourceNameAt(root, 'compute', sink),
    environmentVariables: textMapAt(root, 'environment_variables'),
    timeoutSeconds: numberAt(mapAt(root, 'limits'), 'timeout'),
    inputs,
    outputs,
  };
}
