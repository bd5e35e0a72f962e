// Between the tree of a file and the values of expressions. A list or mapping that passes through an
// expression comes out as the very node that went in, so that it still knows its file and line.

import { textOf as textOfValue } from '../expression/casts.ts';
import { Decimal } from '../expression/decimal.ts';
import {
  type ArrayValue,
  arrayOf,
  type ObjectValue,
  objectOf,
  type Value,
} from '../expression/value.ts';
import type { Node, ScalarNode } from '../text/node.ts';
import type { Origin } from '../text/origin.ts';

export class NodeValues {
  readonly #values = new WeakMap<Node, ArrayValue | ObjectValue>();
  readonly #nodes = new WeakMap<ArrayValue | ObjectValue, Node>();

  valueOf(node: Node): Value {
    if (node.kind === 'scalar') return scalarValue(node.value);
    const known = this.#values.get(node);
    if (known !== undefined) return known;
    const value =
      node.kind === 'sequence'
        ? arrayOf(node.items.map((item) => this.valueOf(item)))
        : objectOf(node.entries.map(({ key, value }) => [key.text, this.valueOf(value)]));
    this.#values.set(node, value);
    this.#nodes.set(value, node);
    return value;
  }

  /** `origin`: for what the expression itself made. */
  nodeOf(value: Value, origin: Origin): Node {
    if (value === null || typeof value !== 'object') return { kind: 'scalar', value, origin };
    if (value.kind === 'number') return { kind: 'scalar', value: plainNumber(value), origin };
    if (value.kind !== 'array' && value.kind !== 'object') {
      return { kind: 'scalar', value: textOfValue(value), origin };
    }
    const known = this.#nodes.get(value);
    if (known !== undefined) return known;
    const node =
      value.kind === 'array' ? this.#sequence(value, origin) : this.#mapping(value, origin);
    this.#nodes.set(value, node);
    return node;
  }

  #sequence({ items }: ArrayValue, origin: Origin): Node {
    return { kind: 'sequence', items: items.map((item) => this.nodeOf(item, origin)), origin };
  }

  #mapping({ entries }: ObjectValue, origin: Origin): Node {
    const found = [...entries.values()].map(({ name, value }) => ({
      key: { text: name, origin },
      value: this.nodeOf(value, origin),
    }));
    return { kind: 'mapping', entries: found, origin };
  }
}

function scalarValue(value: ScalarNode['value']): Value {
  return typeof value === 'number' ? (Decimal.fromNumber(value) ?? String(value)) : value;
}

/** A number that no double holds stays the text of its digits. */
function plainNumber(value: Decimal): number | string {
  const number = value.toNumber();
  const text = value.toString();
  return String(number) === text ? number : text;
}
