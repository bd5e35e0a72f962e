// Values that are given when a run is queued, as JSON or a command line brings them.

import type { Node, ScalarNode } from '../text/node.ts';
import type { Origin } from '../text/origin.ts';
import { readYaml } from '../text/read-yaml.ts';
import { SourceText } from '../text/source-text.ts';
import type { ParameterDeclaration } from './parameter-declarations.ts';
import type { FitContext } from './parameter-types.ts';
import { fitDeclared } from './parameter-values.ts';

const maxDepth = 100;

/** As the parameter has it; where it does not fit, which is reported, the default. */
export function queuedNode(
  value: unknown,
  declared: ParameterDeclaration,
  context: FitContext,
): Node {
  const { origin, typeName, defaultValue } = declared;
  const read =
    typeof value === 'string' && typeName !== 'string'
      ? readStructure(value, declared, context)
      : undefined;
  const node = read ?? nodeOfPlain(value, origin);
  return (read === undefined ? fitDeclared(node, declared, context) : read) ?? defaultValue ?? node;
}

/** Lists and objects may come as YAML or JSON in a text: that is all that a command line has. */
function readStructure(
  text: string,
  declared: ParameterDeclaration,
  { sink }: FitContext,
): Node | undefined {
  if (!/^\s*[[{]|\n|^\s*-\s|:\s/.test(text)) return undefined;
  const node = readYaml(text, `parameter ${declared.name}`, sink);
  if (node === undefined) return undefined;
  const source = new SourceText(text);
  const isPlain = ({ value, origin }: ScalarNode) =>
    typeof value === 'string' && source.isPlainAt(origin, value);
  return fitDeclared(node, declared, { sink, isPlain });
}

/** Plain data as nodes. What JSON cannot say becomes its text. */
export function nodeOfPlain(value: unknown, origin: Origin, depth = 0): Node {
  if (depth > maxDepth || value === null || value === undefined) return scalar(null, origin);
  if (Array.isArray(value)) {
    const items = value.map((item) => nodeOfPlain(item, origin, depth + 1));
    return { kind: 'sequence', items, origin };
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(([text, item]) => ({
      key: { text, origin },
      value: nodeOfPlain(item, origin, depth + 1),
    }));
    return { kind: 'mapping', entries, origin };
  }
  const isKnown = typeof value === 'number' || typeof value === 'boolean';
  return scalar(isKnown ? value : String(value), origin);
}

function scalar(value: ScalarNode['value'], origin: Origin): ScalarNode {
  return { kind: 'scalar', value, origin };
}
