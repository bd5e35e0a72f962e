// What a `parallel_for` goes over: a list in the file, a text of JSON, or a binding to one.
import { AzureMlYamlError } from '../errors.ts';
import { formatReference } from '../expression/reference.ts';
import { expressionsIn } from '../expression/template.ts';
import { maxItems, parseItems } from '../job/parse-items.ts';
import type { LiteralValue } from '../job/port-types.ts';
import type { ForEachItem, ForEachStep } from '../job/step-types.ts';
import type { Token } from '../text/token.ts';
import { holdsExpression, readBinding } from './binding.ts';
import type { ControlScope } from './control-scope.ts';
import { adviceOn } from './convert-input.ts';
import type { ItemNames } from './convert-step-ports.ts';
import type { FileScope } from './file-scope.ts';
import type { Node } from './read-node.ts';
import { entriesAt, isString, stringAt, valueAt } from './read-token.ts';
import { resolveBinding } from './resolve-binding.ts';
import { isLiteral, valueFits } from './type-fit.ts';

/** Null when they cannot be read; the reason is reported. */
export function convertItems(
  node: Node,
  body: Node,
  control: ControlScope,
): ForEachStep['items'] | null {
  const { file } = control.scope;
  const token = valueAt(node.token, 'items');
  if (token === null) return null;
  if (holdsExpression(token)) return boundItems(token, node, control);
  const list = isString(token) ? jsonItems(token, file) : listedItems(token, file);
  if (list === null) return null;
  checkItems(list, token, body, file);
  return { kind: 'list', list };
}

/** Of a list those of the first, as all have the same. Of items that are not there yet, whatever
 * the body has no value for. */
export function itemNames(items: ForEachStep['items'] | null, body: Node): ItemNames {
  if (items?.kind === 'list') {
    return { names: new Set(Object.keys(items.list[0] ?? {})), areOpen: false };
  }
  return { names: body.component === null ? unboundNames(body) : new Set(), areOpen: true };
}

function unboundNames({ token }: Node): ReadonlySet<string> {
  const own = entriesAt(token, 'inputs');
  const used = expressionsIn(stringAt(token, 'command') ?? '').flatMap(({ reference }) =>
    reference?.kind === 'input' ? [reference.name] : [],
  );
  return new Set(used.filter((name) => !own.has(name)));
}

function boundItems(
  token: Parameters<typeof readBinding>[0],
  { name }: Node,
  { scope }: ControlScope,
): ForEachStep['items'] | null {
  const { sink } = scope.file;
  const shapes = `\${{parent.inputs.NAME}} or \${{parent.jobs.STEP.outputs.NAME}}`;
  const binding = readBinding(token, ['parentInput', 'stepOutput'], shapes, sink);
  const source = binding === null ? null : resolveBinding(binding, name, scope);
  if (binding === null || source === null) return null;
  const { reference, offset } = binding;
  if (source.type !== 'string' || source.mayBeAbsent) {
    const found = source.mayBeAbsent ? 'optional' : `of type ${source.type}`;
    const message = `the items of step '${name}' are a text of JSON, and ${formatReference(reference)} is ${found}; bind them to a text`;
    sink.report('INPUT_TYPE_MISMATCH', offset, message);
  }
  if (reference.kind === 'parentInput') {
    return { kind: 'parentInput', name: reference.name, mode: null };
  }
  return { kind: 'stepOutput', step: reference.step, output: reference.name, mode: null };
}

function jsonItems(
  token: Extract<Token, { kind: 'scalar' }> & { value: string },
  { sink }: FileScope,
): readonly ForEachItem[] | null {
  try {
    return parseItems(token.value);
  } catch (cause) {
    if (!(cause instanceof AzureMlYamlError)) throw cause;
    sink.report('VALUE_NOT_ALLOWED', token.offset, cause.message);
    return null;
  }
}

function listedItems(token: Token, { sink }: FileScope): readonly ForEachItem[] | null {
  const items =
    token.kind === 'list'
      ? token.items
      : token.kind === 'map'
        ? [...token.entries.values()].map(({ value }) => value)
        : null;
  if (items === null || items.length > maxItems) {
    const message = `'items' must be a list of at most ${maxItems} mappings; write each on a line below it after '- '`;
    sink.report('VALUE_WRONG_TYPE', token.offset, message);
    return null;
  }
  return items.map((item) => itemOf(item, sink));
}

function itemOf(token: Token, sink: FileScope['sink']): ForEachItem {
  if (token.kind !== 'map') {
    const message = "an item is a mapping of inputs to values; write 'NAME: VALUE'";
    sink.report('VALUE_WRONG_TYPE', token.offset, message);
    return {};
  }
  const values: [string, LiteralValue][] = [];
  for (const { key, value } of token.entries.values()) {
    if (value.kind === 'scalar' && value.value !== null) values.push([key, value.value]);
    else {
      const message = `'${key}' of an item must be text, a number, true or false; write one value`;
      sink.report('VALUE_WRONG_TYPE', value.offset, message);
    }
  }
  return Object.fromEntries(values);
}

function checkItems(
  list: readonly ForEachItem[],
  token: Token,
  body: Node,
  { sink }: FileScope,
): void {
  const placeOf = (index: number) => (token.kind === 'list' ? token.items[index] : token) ?? token;
  if (list.length === 0) {
    sink.report('VALUE_NOT_ALLOWED', token.offset, "'items' is empty; give it at least one");
  }
  const names = new Set(list.flatMap((item) => Object.keys(item)));
  for (const [index, item] of list.entries()) {
    if (sink.isFull) return;
    const missing = [...names].find((name) => !Object.hasOwn(item, name));
    if (missing === undefined) continue;
    const message = `item ${index} has no '${missing}', which others have; give all items the same`;
    sink.report('KEY_MISSING', placeOf(index).offset, message);
  }
  checkAgainstBody(list, names, placeOf, body, sink);
}

/** Against what the body's component declares; a step of its own takes any. */
function checkAgainstBody(
  list: readonly ForEachItem[],
  names: ReadonlySet<string>,
  placeOf: (index: number) => Token,
  { name: step, component }: Node,
  sink: FileScope['sink'],
): void {
  if (component === null) return;
  for (const name of names) {
    const declared = component.inputs.get(name);
    if (declared === undefined) {
      const advice = adviceOn(name, component.inputs, '; declare it');
      const message = `step '${step}' has no input '${name}'${advice}`;
      sink.report('INPUT_NOT_FOUND', placeOf(0).offset, message);
      continue;
    }
    for (const [index, item] of list.entries()) {
      const value = Object.hasOwn(item, name) ? item[name] : undefined;
      const fits =
        value === undefined ||
        (isLiteral(declared.type) ? valueFits(declared.type, value) : typeof value === 'string');
      if (fits) continue;
      const message = `input '${name}' of '${step}' is of type ${declared.type}, and item ${index} gives it '${String(value).slice(0, 60)}'; change one of them`;
      sink.report('INPUT_TYPE_MISMATCH', placeOf(index).offset, message);
    }
  }
}
