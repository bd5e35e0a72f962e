// Work on data that is cut into parts.

import { shorten } from '../diagnostic/did-you-mean.ts';
import { expressionStart } from '../expression/template.ts';
import type { ParallelFields, ParallelTask } from '../job/step-types.ts';
import type { Token } from '../text/token.ts';
import { type Binding, readBinding } from './binding.ts';
import { type CommandScope, checkCommand } from './check-command.ts';
import { codePathAt } from './convert-command.ts';
import { stepEnvironmentAt } from './convert-environment.ts';
import { adviceOn } from './convert-input.ts';
import type { FileScope } from './file-scope.ts';
import { mapAt, numberAt, stringAt, stringTokenAt, textAt, valueAt } from './read-token.ts';

const loggingLevels = ['WARNING', 'INFO', 'DEBUG'] as const;

export function convertParallel(body: Token, file: FileScope, scope: CommandScope): ParallelFields {
  const level = stringAt(body, 'logging_level')?.toUpperCase();
  const retry = mapAt(body, 'retry_settings');
  return {
    task: convertTask(mapAt(body, 'task'), file, scope),
    inputData: portNamed(body, 'input_data', 'input', file, scope) ?? '',
    miniBatchSize: miniBatchSizeAt(body, file),
    miniBatchErrorThreshold: numberAt(body, 'mini_batch_error_threshold') ?? -1,
    errorThreshold: numberAt(body, 'error_threshold') ?? -1,
    loggingLevel: loggingLevels.find((known) => known === level) ?? 'INFO',
    maxConcurrencyPerInstance: numberAt(body, 'max_concurrency_per_instance') ?? 1,
    retrySettings: {
      maxRetries: numberAt(retry, 'max_retries') ?? 2,
      timeoutSeconds: numberAt(retry, 'timeout') ?? 60,
    },
    timeoutSeconds: null,
  };
}

/** What a step says beside its component, in its place. */
export function overrideParallel(
  fields: ParallelFields,
  token: Token,
  file: FileScope,
): ParallelFields {
  const level = stringAt(token, 'logging_level')?.toUpperCase();
  const retry = mapAt(token, 'retry_settings');
  return {
    ...fields,
    miniBatchSize:
      valueAt(token, 'mini_batch_size') === null
        ? fields.miniBatchSize
        : miniBatchSizeAt(token, file),
    miniBatchErrorThreshold:
      numberAt(token, 'mini_batch_error_threshold') ?? fields.miniBatchErrorThreshold,
    errorThreshold: numberAt(token, 'error_threshold') ?? fields.errorThreshold,
    loggingLevel: loggingLevels.find((known) => known === level) ?? fields.loggingLevel,
    maxConcurrencyPerInstance:
      numberAt(token, 'max_concurrency_per_instance') ?? fields.maxConcurrencyPerInstance,
    retrySettings: {
      maxRetries: numberAt(retry, 'max_retries') ?? fields.retrySettings.maxRetries,
      timeoutSeconds: numberAt(retry, 'timeout') ?? fields.retrySettings.timeoutSeconds,
    },
  };
}

function convertTask(task: Token | null, file: FileScope, scope: CommandScope): ParallelTask {
  const programArguments = stringTokenAt(task, 'program_arguments');
  if (programArguments !== null) checkCommand(programArguments, scope, file.sink);
  return {
    kind: 'run_function',
    code: codePathAt(task, file),
    entryScript: entryScriptAt(task, file),
    programArguments: programArguments?.value ?? '',
    environment: stepEnvironmentAt(task, file),
    appendRowTo: portNamed(task, 'append_row_to', 'output', file, scope),
    model: null,
  };
}

/** It is looked for in the code, and nowhere else. */
function entryScriptAt(task: Token | null, { sink }: FileScope): string {
  const script = stringTokenAt(task, 'entry_script');
  if (script === null) return '';
  const leaves =
    /^(?:[/\\]|[A-Za-z]:)/.test(script.value) || script.value.split(/[/\\]/).includes('..');
  if (leaves) {
    const message = `entry_script '${shorten(script.value)}' must be a path inside the code folder; remove '..' and the leading '/'`;
    sink.report('PATH_LEAVES_FOLDER', script.offset, message);
  }
  return script.value;
}

/** `${{inputs.x}}` → `x`, when there is such a port. */
function portNamed(
  map: Token | null,
  key: string,
  kind: 'input' | 'output',
  { sink }: FileScope,
  scope: CommandScope,
): string | null {
  const token = stringTokenAt(map, key);
  if (token === null) return null;
  const shape = `\${{${kind}s.NAME}}`;
  if (!token.value.includes(expressionStart)) {
    sink.report(
      'VALUE_NOT_ALLOWED',
      token.offset,
      `'${key}' must be one of the ${kind}s; write '${shape}'`,
    );
    return null;
  }
  const binding: Binding | null = readBinding(token, [kind], shape, sink);
  if (binding === null) return null;
  const { name } = binding.reference;
  const ports = kind === 'input' ? scope.inputs : scope.outputs;
  if (ports.has(name)) return name;
  const code = kind === 'input' ? 'INPUT_NOT_FOUND' : 'OUTPUT_NOT_FOUND';
  const advice = adviceOn(name, ports, `; declare it under ${kind}s`);
  sink.report(code, binding.offset, `${scope.owner} has no ${kind} '${name}'${advice}`);
  return null;
}

function miniBatchSizeAt(body: Token, { sink }: FileScope): string {
  const text = textAt(body, 'mini_batch_size');
  if (text === null) return '1';
  const offset = valueAt(body, 'mini_batch_size')?.offset ?? body.offset;
  if (/^[1-9]\d{0,11}\s*(?:b|kb|mb|gb)?$/i.test(text.trim())) return text.trim();
  const message = `'mini_batch_size: ${shorten(text)}' is no size; write a number of files such as '10', or of bytes such as '10kb' or '1mb'`;
  sink.report('VALUE_NOT_ALLOWED', offset, message);
  return '1';
}
