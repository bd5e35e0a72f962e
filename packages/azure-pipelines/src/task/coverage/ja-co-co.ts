// JaCoCo: counters of covered and missed on every level; the report's own and each source file's
// are read.

import { childrenNamed, elementsNamed, type XmlElement } from '../xml/read-xml.ts';
import type { CoverageFacts } from './coverage-facts.ts';
import type { Covered } from './coverage-report.ts';

export function readJaCoCo(root: XmlElement): CoverageFacts {
  const packages = [...elementsNamed(root, 'package')];
  return {
    format: 'JaCoCo',
    lines: counter(root, 'LINE'),
    branches: counter(root, 'BRANCH'),
    sources: packages.flatMap((one) => sourcesOf(one)),
  };
}

function sourcesOf(element: XmlElement) {
  const folder = element.attributes.name ?? '';
  return childrenNamed(element, 'sourcefile').map((source) => ({
    path: [folder, source.attributes.name ?? ''].filter((part) => part !== '').join('/'),
    lines: counter(source, 'LINE'),
  }));
}

function counter(element: XmlElement, type: string): Covered {
  const own = childrenNamed(element, 'counter').find((one) => one.attributes.type === type);
  const covered = Number(own?.attributes.covered) || 0;
  return { covered, total: covered + (Number(own?.attributes.missed) || 0) };
}
