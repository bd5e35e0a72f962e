// Outputs of a literal type: a file whose text is a value, which later steps get in place of a path.
import type { LiteralType, PortType } from '@ridgeline/azureml-yaml';

/** What a value may at most be. */
export const maxValueBytes = 1024 * 1024;

const literalTypes: readonly PortType[] = ['string', 'number', 'integer', 'boolean'];

export function isLiteral(type: PortType): type is LiteralType {
  return literalTypes.includes(type);
}

/** Whether a step is to write a file there, and no folder. */
export function isFile(type: PortType): boolean {
  return type === 'uri_file' || isLiteral(type);
}

const expected: Readonly<Record<LiteralType, string>> = {
  string: 'text without NUL characters',
  number: 'a number such as 0.5',
  integer: 'a whole number such as 3',
  boolean: 'true or false',
};

const patterns: Readonly<Record<LiteralType, RegExp>> = {
  string: /^[^\0]*$/,
  number: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i,
  integer: /^[+-]?\d+$/,
  boolean: /^(?:true|false)$/i,
};

/** Why a text is no value of that type; null where it is one. */
export function valueProblem(type: LiteralType, text: string): string | null {
  const value = type === 'string' ? text : text.trim();
  if (patterns[type].test(value)) return null;
  const shown = value.length > 60 ? `${value.slice(0, 60).toWellFormed()}…` : value;
  return `holds '${shown}', which is no ${type}; write ${expected[type]}`;
}
