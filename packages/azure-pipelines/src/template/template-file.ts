// One file of a pipeline, read once however often it is included.

import type { MappingNode, Node, ScalarNode } from '../text/node.ts';
import { valueAt } from '../text/node.ts';
import type { Origin } from '../text/origin.ts';
import { SourceText } from '../text/source-text.ts';
import { nameOf, type TemplatePath } from './template-path.ts';

/** The text of a key or scalar, and where it begins in its file. */
export interface PlacedText {
  readonly text: string;
  readonly origin: Origin;
}

export class TemplateFile {
  readonly path: TemplatePath;
  /** As origins name it. */
  readonly name: string;
  readonly root: MappingNode;
  /** All but `parameters`. */
  readonly body: MappingNode;
  readonly source: SourceText;

  constructor(path: TemplatePath, text: string, root: MappingNode) {
    this.path = path;
    this.name = nameOf(path);
    this.root = root;
    const entries = root.entries.filter(({ key }) => key.text !== 'parameters');
    this.body = { kind: 'mapping', entries, origin: root.origin };
    this.source = new SourceText(text);
  }

  get parametersNode(): Node | undefined {
    return valueAt(this.root, 'parameters');
  }

  /** Whether a scalar stands in this file without quotes, and with nothing evaluated in it. */
  isPlain({ value, origin }: ScalarNode): boolean {
    if (typeof value !== 'string' || origin.file !== this.name) return false;
    return this.source.isPlainAt(origin, value);
  }

  originWithin({ text, origin }: PlacedText, index: number): Origin {
    return origin.file === this.name ? this.source.originWithin(origin, text, index) : origin;
  }
}
