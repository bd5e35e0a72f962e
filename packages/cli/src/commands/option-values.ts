// Options of the form NAME=VALUE that can be given more than once.
import { InvalidArgumentError } from 'commander';

/** For commander's `.option(flag, text, collectPair, {})`. */
export function collectPair(
  pair: string,
  earlier: Readonly<Record<string, string>>,
): Record<string, string> {
  const equals = pair.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError(`expected NAME=VALUE, and not '${pair}'`);
  return { ...earlier, [pair.slice(0, equals)]: pair.slice(equals + 1) };
}

/** For commander's `.option(flag, text, collectName, [])`. */
export function collectName(name: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, name];
}

/** A whole number, for commander's `.option(flag, text, parseInteger)`. */
export function parseInteger(text: string): number {
  if (!/^-?\d+$/.test(text))
    throw new InvalidArgumentError(`expected a whole number, and not '${text}'`);
  return Number(text);
}
