// XML files into plain trees, for the reports that tasks read. Entities of a file's own are not
// expanded, and the number and depth of elements are bounded, so that no report can be a bomb.

import { SaxesParser } from 'saxes';
import { TaskFailure } from '../task-outcome.ts';

const maxDepth = 200;
const maxElements = 5_000_000;

export interface XmlElement {
  /** Without its namespace's prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text and CDATA, joined. */
  readonly text: string;
}

interface Growing extends XmlElement {
  readonly children: Growing[];
  text: string;
}

/** @throws TaskFailure with the line of what is no XML */
export function readXml(text: string): XmlElement {
  const root: Growing = { name: '', attributes: {}, children: [], text: '' };
  parse(text.replace(/^\ufeff/, ''), [root]);
  const [first] = root.children;
  if (first === undefined) throw new TaskFailure('it holds no element');
  return first;
}

function parse(text: string, open: Growing[]): void {
  const parser = new SaxesParser<{ xmlns: false }>({ xmlns: false });
  let elements = 0;
  parser.on('error', (error) => {
    throw new TaskFailure(`it is no XML: ${error.message}`);
  });
  parser.on('opentag', ({ name, attributes }) => {
    elements += 1;
    if (elements > maxElements || open.length > maxDepth)
      throw new TaskFailure('it is too large or too deep');
    const element: Growing = { name: localName(name), attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  const addText = (part: string) => {
    const top = open.at(-1);
    if (top !== undefined) top.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text).close();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

export function childNamed(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** Every element of a name, at any depth, in the order of the file. */
export function* elementsNamed(element: XmlElement, name: string): Generator<XmlElement> {
  if (element.name === name) yield element;
  for (const child of element.children) yield* elementsNamed(child, name);
}
