// Texts of many lines behind `|` and `|-`.

import type { ScalarNode } from './node.ts';
import { NotPlain } from './not-plain.ts';
import type { PlainCursor } from './plain-cursor.ts';

/** The lines below that are indented as the first of them, or deeper. */
export function readLiteral(cursor: PlainCursor, start: number, column: number): ScalarNode {
  const header = cursor.line().text.slice(start).trimEnd();
  if (header !== '|' && header !== '|-') throw new NotPlain();
  const origin = cursor.origin(start);
  const content = contentBelow(cursor, column);
  const value = content.join('\n') + (header === '|' ? '\n' : '');
  return { kind: 'scalar', value, origin };
}

function contentBelow(cursor: PlainCursor, column: number): string[] {
  const content: string[] = [];
  let indent: number | undefined;
  for (cursor.at += 1; !cursor.isAtEnd; cursor.at += 1) {
    const line = cursor.line();
    const isEmpty = line.indent === line.text.length;
    if (!isEmpty && line.indent <= column) break;
    if (!isEmpty) indent ??= line.indent;
    // Spaces on an empty line count where they reach beyond the block; and no line stands between
    // the block and its key.
    const isOdd = isEmpty ? line.indent > (indent ?? 0) : line.indent < (indent ?? 0);
    if (isOdd) throw new NotPlain();
    content.push(line.text.slice(indent));
  }
  if (indent === undefined) throw new NotPlain();
  while (content.at(-1) === '') content.pop();
  return content;
}
