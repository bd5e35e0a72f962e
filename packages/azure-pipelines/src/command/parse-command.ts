// Reads `##vso[area.event key=value;key=value]message` out of a line of output.

import { unescapeText } from './escape.ts';

export interface LoggingCommand {
  /** Lower case, as the event and the names of the properties: letter case means nothing here. */
  readonly area: string;
  readonly event: string;
  readonly properties: ReadonlyMap<string, string>;
  /** What stands behind the `]`, unescaped. */
  readonly message: string;
}

export type CommandLine =
  | { readonly kind: 'none' }
  | { readonly kind: 'command'; readonly command: LoggingCommand }
  /** Looks like a command, and is none. */
  | { readonly kind: 'malformed'; readonly problem: string };

const start = '##vso[';

/** A command may stand anywhere in a line; all that is behind it is its message. */
export function parseCommandLine(line: string): CommandLine {
  const at = line.indexOf(start);
  if (at < 0) return { kind: 'none' };
  const end = line.indexOf(']', at);
  if (end < 0) return malformed("has no ']' behind its properties");
  const head = line.slice(at + start.length, end);
  const space = head.indexOf(' ');
  const name = space < 0 ? head : head.slice(0, space);
  const [area, event, ...rest] = name.split('.').filter((part) => part !== '');
  if (area === undefined || event === undefined || rest.length > 0) {
    return malformed(`is called '${name}'; expected 'area.event', such as 'task.setvariable'`);
  }
  const properties = readProperties(space < 0 ? '' : head.slice(space + 1));
  const message = unescapeText(line.slice(end + 1));
  return {
    kind: 'command',
    command: { area: area.toLowerCase(), event: event.toLowerCase(), properties, message },
  };
}

function malformed(problem: string): CommandLine {
  return { kind: 'malformed', problem: `The logging command ${problem}` };
}

/** Of a property that is given twice the last one holds; one without `=` says nothing. */
function readProperties(text: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const part of text.split(';')) {
    const equals = part.indexOf('=');
    if (equals < 0) continue;
    properties.set(part.slice(0, equals).toLowerCase(), unescapeText(part.slice(equals + 1)));
  }
  return properties;
}
