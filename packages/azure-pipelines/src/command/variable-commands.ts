// Commands that change what later steps see: variables, secrets, the path.

import { CommandError } from './command-error.ts';
import { isTrue, message, nameOf, required, spacedProperties } from './command-properties.ts';
import type { CommandTarget } from './command-target.ts';
import type { LoggingCommand } from './parse-command.ts';

export function setVariable(command: LoggingCommand, target: CommandTarget): void {
  const name = required(command, 'variable');
  const secret = isTrue(command, 'issecret');
  if (secret) target.addSecret(command.message);
  if (secret && /[\r\n]/.test(command.message)) throw multiLineSecret(name);
  warnOfBlanks(command, target);
  const changed = target.setVariable(name, command.message, {
    secret,
    output: isTrue(command, 'isoutput'),
    readonly: isTrue(command, 'isreadonly'),
    preserveCase: isTrue(command, 'preservecase'),
  });
  // Decided: a warning and the old value. The documents promise a block; failing the step too
  // would break scripts that try to set what was only made read-only around them.
  if (!changed) warn(target, `Variable '${name}' is read-only: its value stays as it is`);
}

function multiLineSecret(name: string): CommandError {
  return new CommandError(
    `Secret variable '${name}' cannot have several lines; encode it, as with base64`,
  );
}

function warnOfBlanks(command: LoggingCommand, target: CommandTarget): void {
  for (const name of spacedProperties(command)) {
    const right = name.trim();
    warn(target, `${nameOf(command)} ignores '${name}'; write '${right}' right behind the ';'`);
  }
}

function warn(target: CommandTarget, text: string): void {
  target.addIssue({ type: 'warning', message: text });
}

export function setTaskVariable(command: LoggingCommand, target: CommandTarget): void {
  const secret = isTrue(command, 'issecret');
  if (secret) target.addSecret(command.message);
  target.setTaskVariable(required(command, 'variable'), command.message, secret);
}

export function setSecret(command: LoggingCommand, target: CommandTarget): void {
  target.addSecret(message(command, 'the secret'));
}

export function prependPath(command: LoggingCommand, target: CommandTarget): void {
  target.prependPath(message(command, 'a folder'));
}

const endpointFields = ['authParameter', 'dataParameter', 'url'] as const;

export function setEndpoint(command: LoggingCommand, target: CommandTarget): void {
  const id = required(command, 'id');
  const given = required(command, 'field');
  const field = endpointFields.find((one) => one.toLowerCase() === given.toLowerCase());
  if (field === undefined) {
    throw new CommandError(
      `${nameOf(command)}: field '${given}'; expected ${either(endpointFields)}`,
    );
  }
  const key = field === 'url' ? '' : required(command, 'key');
  target.setEndpoint({ id, field, key, value: message(command, 'a value') });
}

export function either(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
