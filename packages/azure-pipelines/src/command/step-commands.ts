// Commands that say something about the step that runs: issues, result, progress.

import type { DetailRecord, Issue } from '../execute/step-record.ts';
import { CommandError } from './command-error.ts';
import { message, nameOf, required, wholeNumber } from './command-properties.ts';
import { type CommandTarget, commandResults } from './command-target.ts';
import type { LoggingCommand } from './parse-command.ts';
import { either } from './variable-commands.ts';

/** An error that is logged does not fail its step. */
export function logIssue(command: LoggingCommand, target: CommandTarget): void {
  target.addIssue({
    type: issueType(command),
    message: command.message,
    ...defined('sourcePath', command.properties.get('sourcepath')),
    ...defined('lineNumber', wholeNumber(command, 'linenumber')),
    ...defined('columnNumber', wholeNumber(command, 'columnnumber')),
    ...defined('code', command.properties.get('code')),
  });
}

function issueType(command: LoggingCommand): Issue['type'] {
  const type = required(command, 'type').toLowerCase();
  if (type === 'error' || type === 'warning') return type;
  throw new CommandError(`${nameOf(command)}: type '${type}'; expected error or warning`);
}

function defined<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  if (value === undefined || value === '') return {};
  return { [key]: value } as Record<K, V>;
}

/** Letter case counts in the result, unlike anywhere else. */
export function complete(command: LoggingCommand, target: CommandTarget): void {
  const given = required(command, 'result');
  const result = commandResults.find((one) => one === given);
  if (result === undefined) {
    throw new CommandError(
      `${nameOf(command)}: result '${given}'; expected ${either(commandResults)}`,
    );
  }
  const now = command.properties.get('done')?.trim().toLowerCase() === 'true';
  target.complete(result, command.message, now);
}

export function setProgress(command: LoggingCommand, target: CommandTarget): void {
  const value = required(command, 'value');
  const percent = wholeNumber(command, 'value');
  if (percent === undefined || percent > 100) {
    throw new CommandError(`${nameOf(command)}: value '${value}'; expected a number from 0 to 100`);
  }
  target.setProgress(percent, command.message);
}

export function logDetail(command: LoggingCommand, target: CommandTarget): void {
  const of = (name: string) => command.properties.get(name);
  const detail: DetailRecord = {
    id: required(command, 'id'),
    ...defined('parentId', of('parentid')),
    ...defined('type', of('type')),
    ...defined('name', of('name')),
    ...defined('order', wholeNumber(command, 'order')),
    ...defined('startTime', of('starttime')),
    ...defined('finishTime', of('finishtime')),
    ...defined('progress', wholeNumber(command, 'progress')),
    ...defined('state', of('state')),
    ...defined('result', of('result')),
  };
  target.addDetail(detail);
}

export function debug(command: LoggingCommand, target: CommandTarget): void {
  target.debug(command.message);
}

export function uploadSummary(command: LoggingCommand, target: CommandTarget): void {
  target.run.attach('summary', message(command, 'the path of a Markdown file'));
}

export function uploadFile(command: LoggingCommand, target: CommandTarget): void {
  target.run.attach('file', message(command, 'the path of a file'));
}

export function addAttachment(command: LoggingCommand, target: CommandTarget): void {
  const type = required(command, 'type');
  target.run.addAttachment(type, required(command, 'name'), message(command, 'the path of a file'));
}
