// Cobertura: lines with hits below classes. A file's classes share its lines, so that lines are
// counted once a file; the attributes of the root count where a file lists none.

import { elementsNamed, type XmlElement } from '../xml/read-xml.ts';
import { addCovered, type CoverageFacts } from './coverage-facts.ts';
import type { Covered } from './coverage-report.ts';

interface LineFacts {
  readonly hits: number;
  readonly branches: Covered;
}

export function readCobertura(root: XmlElement): CoverageFacts {
  const files = new Map<string, Map<string, LineFacts>>();
  for (const element of elementsNamed(root, 'class')) {
    const path = element.attributes.filename ?? element.attributes.name ?? '';
    const lines = files.get(path) ?? new Map<string, LineFacts>();
    for (const line of elementsNamed(element, 'line')) addLine(lines, line);
    files.set(path, lines);
  }
  const sources = [...files].map(([path, lines]) => ({ path, lines: covered(lines) }));
  const all = [...files.values()].flatMap((lines) => [...lines.values()]);
  const lines = addCovered(sources.map((source) => source.lines));
  const branches = addCovered(all.map((line) => line.branches));
  return {
    format: 'Cobertura',
    lines: lines.total > 0 ? lines : ofRoot(root, 'lines'),
    branches: branches.total > 0 ? branches : ofRoot(root, 'branches'),
    sources,
  };
}

function addLine(lines: Map<string, LineFacts>, line: XmlElement): void {
  const number = line.attributes.number ?? '';
  const hits = Number(line.attributes.hits) || 0;
  const branches = branchesOf(line.attributes['condition-coverage']);
  const before = lines.get(number);
  if (before === undefined || before.hits < hits) lines.set(number, { hits, branches });
}

/** `50% (1/2)` */
function branchesOf(text = ''): Covered {
  const [, covered = 0, total = 0] = /\((\d+)\/(\d+)\)/.exec(text) ?? [];
  return { covered: Number(covered), total: Number(total) };
}

function covered(lines: ReadonlyMap<string, LineFacts>): Covered {
  const hit = [...lines.values()].filter((line) => line.hits > 0).length;
  return { covered: hit, total: lines.size };
}

function ofRoot(root: XmlElement, what: 'lines' | 'branches'): Covered {
  const count = (name: string) => Number(root.attributes[`${what}-${name}`]) || 0;
  return { covered: count('covered'), total: count('valid') };
}
