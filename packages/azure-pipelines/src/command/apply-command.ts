// Obeys the command in a line of output, if there is one.

import { CommandError } from './command-error.ts';
import { nameOf } from './command-properties.ts';
import { commands, type KnownCommand } from './command-table.ts';
import type { CommandTarget } from './command-target.ts';
import { type LoggingCommand, parseCommandLine } from './parse-command.ts';

export interface CommandRules {
  /** Of the step's target: only harmless commands are obeyed. */
  readonly restricted: boolean;
  /** The variables that may be set; undefined: all. */
  readonly settableVariables?: readonly string[];
}

/** True when the line was a command, whatever came of it: it is not shown then. */
export function applyCommandLine(
  line: string,
  target: CommandTarget,
  rules: CommandRules,
): boolean {
  const parsed = parseCommandLine(line);
  if (parsed.kind === 'none') return false;
  if (parsed.kind === 'malformed') {
    target.addIssue({ type: 'warning', message: parsed.problem });
    return false;
  }
  applyOrFail(parsed.command, target, rules);
  return true;
}

function applyOrFail(command: LoggingCommand, target: CommandTarget, rules: CommandRules): void {
  try {
    apply(command, target, rules);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    target.addIssue({ type: 'error', message: error.message });
    target.complete('Failed', '', false);
  }
}

function apply(command: LoggingCommand, target: CommandTarget, rules: CommandRules): void {
  const effect = effectOf(command);
  const refusal = refusalOf(effect, command, rules);
  if (refusal === undefined) effect?.apply(command, target);
  else target.addIssue({ type: 'warning', message: refusal });
}

/** Undefined for an unknown area. An unknown event of a known one is an error. */
function effectOf(command: LoggingCommand): KnownCommand | undefined {
  const area = own(commands, command.area);
  if (area === undefined) return undefined;
  const effect = own(area, command.event);
  if (effect !== undefined) return effect;
  throw new CommandError(`${nameOf(command)} is no command of its area${known(area)}`);
}

function refusalOf(
  effect: KnownCommand | undefined,
  command: LoggingCommand,
  rules: CommandRules,
): string | undefined {
  if (effect === undefined) return `${nameOf(command)} is no command${known(commands)}`;
  if (rules.restricted && effect.restricted !== true) {
    return `${nameOf(command)} is ignored: the step's target restricts commands`;
  }
  return isSettable(command, rules) ? undefined : notSettable(command, rules);
}

function isSettable(command: LoggingCommand, { settableVariables }: CommandRules): boolean {
  if (settableVariables === undefined || command.event !== 'setvariable') return true;
  const name = command.properties.get('variable')?.toLowerCase();
  return settableVariables.some((settable) => settable.toLowerCase() === name);
}

function notSettable(command: LoggingCommand, { settableVariables }: CommandRules): string {
  const name = command.properties.get('variable');
  const settable = settableVariables?.join(', ') || 'none';
  return `Variable '${name}' is not set: the step's target lets it set ${settable}`;
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function known(table: Readonly<Record<string, unknown>>): string {
  return `; known are ${Object.keys(table).join(', ')}`;
}
