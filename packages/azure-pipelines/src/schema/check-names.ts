// What is wrong with names that the user chose as keys.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import type { KeyNode } from '../text/node.ts';
import type { Origin } from '../text/origin.ts';
import { brokenRule, reservedPrefixOf } from './name-rule.ts';
import { isUnexpanded } from './read-word.ts';
import type { NamesSchema } from './schema-types.ts';

/** That no two are one is the readers' matter. */
export function checkKeyName(key: KeyNode, { of, rule }: NamesSchema, sink: DiagnosticSink): void {
  if (isUnexpanded(key.text)) return;
  const broken = brokenRule(key.text, rule);
  if (broken !== undefined) {
    const message = `The ${of} name "${shorten(key.text)}" is not valid: a name ${broken}. Rename it.`;
    sink.report('NAME_INVALID', key.origin, message);
  }
  if (rule === 'variable') checkVariablePrefix(key.text, key.origin, sink);
}

/** Tasks would not be given such a variable, and no one would be told. */
export function checkVariablePrefix(name: string, origin: Origin, sink: DiagnosticSink): void {
  const prefix = reservedPrefixOf(name);
  if (prefix === undefined) return;
  const message = `The variable name "${shorten(name)}" begins with the reserved word "${prefix}". Rename it.`;
  sink.report('VARIABLE_PREFIX_RESERVED', origin, message);
}
