// The properties of a command, as its effect asks for them.

import { CommandError } from './command-error.ts';
import type { LoggingCommand } from './parse-command.ts';

export function required(command: LoggingCommand, name: string): string {
  const value = command.properties.get(name);
  if (value !== undefined && value !== '') return value;
  throw new CommandError(`${nameOf(command)} needs the property '${name}'${spacedHint(command)}`);
}

/** `true` in any letter case; `1` and `yes` are false. */
export function isTrue(command: LoggingCommand, name: string): boolean {
  return command.properties.get(name)?.trim().toLowerCase() === 'true';
}

export function message(command: LoggingCommand, what: string): string {
  if (command.message !== '') return command.message;
  throw new CommandError(`${nameOf(command)} needs ${what} behind the ']'`);
}

export function wholeNumber(command: LoggingCommand, name: string): number | undefined {
  const text = command.properties.get(name)?.trim();
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

export function nameOf(command: LoggingCommand): string {
  return `##vso[${command.area}.${command.event}]`;
}

/** Names keep the blanks before them: `variable=x; issecret=true` sets no secret. */
export function spacedProperties(command: LoggingCommand): readonly string[] {
  return [...command.properties.keys()].filter((name) => name !== name.trim());
}

function spacedHint(command: LoggingCommand): string {
  const spaced = spacedProperties(command);
  return spaced.length === 0 ? '' : `; '${spaced[0]}' has a blank before or behind its name`;
}
