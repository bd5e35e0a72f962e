// The root of the main file, and of the template that it extends: what belongs to the whole pipeline.

import { shorten } from '../diagnostic/did-you-mean.ts';
import { type Entry, type MappingNode, type Node, textOf, valueAt } from '../text/node.ts';
import type { Origin } from '../text/origin.ts';
import { firstOfEachKey } from './duplicate-keys.ts';
import { isLiteral } from './literals.ts';
import { mergeResources } from './merge-resources.ts';
import type { FlatEntry } from './piece.ts';
import { mainOnlyKeys, rootPlaces, valuePlace } from './places.ts';
import { asFinal, type Scope } from './scope.ts';
import type { StructureExpander } from './structure-expander.ts';

/** Read in this order, wherever they stand: templates need the repositories, and everything else
 * the variables. */
const first = ['resources', 'variables'];

export class RootExpander {
  readonly #structure: StructureExpander;

  constructor(structure: StructureExpander) {
    this.#structure = structure;
  }

  async expand(scope: Scope): Promise<MappingNode> {
    const entries = await this.#root(scope, true);
    const contributed = await this.#contributed();
    const { origin } = scope.file.root;
    return { kind: 'mapping', entries: contributed.reduce(withResources, entries), origin };
  }

  async #root(scope: Scope, isMain: boolean): Promise<readonly Entry[]> {
    const { entries } = scope.file.body;
    const early = first.flatMap((name) => entries.filter(({ key }) => key.text === name));
    const others = entries.filter((entry) => !early.includes(entry));
    const found = await this.#entries(this.#flat(early, scope), isMain);
    // Only now, since conditions around the others may ask for variables.
    const rest = this.#flat(others, scope);
    const parent = rest.find(({ key }) => key.text === 'extends');
    found.push(
      ...(await this.#entries(
        rest.filter((entry) => entry !== parent),
        isMain,
      )),
    );
    const own = firstOfEachKey(found, this.#structure.expansion.sink);
    return parent === undefined ? own : this.#merge(own, await this.#extended(parent));
  }

  async #entries(flat: readonly FlatEntry[], isMain: boolean): Promise<Entry[]> {
    const found: Entry[] = [];
    for (const entry of flat) {
      if (!isMain && mainOnlyKeys.has(entry.key.text)) this.#reportMainOnly(entry);
      else found.push({ key: entry.key, value: await this.#value(entry) });
    }
    return found;
  }

  #flat(entries: readonly Entry[], scope: Scope): readonly FlatEntry[] {
    const { origin } = scope.file.root;
    const mapping = { kind: 'mapping', entries, origin } as const;
    const flat = this.#structure.expansion.values.flattener.mapping(mapping, scope);
    return flat.kind === 'mapping' ? flat.entries : [];
  }

  async #value({ key, value, scope }: FlatEntry): Promise<Node> {
    if (key.text === 'resources') this.#checkNames(value);
    const place = rootPlaces.get(key.text) ?? valuePlace;
    const expanded = await this.#structure.expand(value, place, scope);
    if (place.kind === 'verbatim') isLiteral(expanded, this.#structure.expansion.sink);
    if (key.text === 'resources') this.#addRepositories(expanded);
    return expanded;
  }

  /** `extends: {template, parameters}`: the template's root, to be joined with that of the file. */
  async #extended({ value, scope }: FlatEntry): Promise<readonly Entry[]> {
    const { values, sink } = this.#structure.expansion;
    const node = value.kind === 'scalar' ? values.expand(value, scope) : value;
    const inner = node === value ? scope : asFinal(scope);
    const flat = node.kind === 'mapping' ? values.flattener.mapping(node, inner) : undefined;
    if (flat?.kind !== 'mapping' || !flat.entries.some(({ key }) => key.text === 'template')) {
      const message = '"extends" needs a template. Write "template: path" under it.';
      sink.report('TEMPLATE_PATH_INVALID', node.origin, message);
      return [];
    }
    const entered = await this.#structure.includer.enter(flat);
    return entered === undefined ? [] : this.#root(entered.scope, false);
  }

  #merge(own: readonly Entry[], extended: readonly Entry[]): readonly Entry[] {
    let merged = own;
    for (const entry of extended) {
      const known = own.find(({ key }) => key.text === entry.key.text);
      if (entry.key.text === 'resources') merged = withResources(merged, entry);
      else if (known === undefined) merged = [...merged, entry];
      else this.#reportTwice(entry, known.key.origin);
    }
    return merged;
  }

  async #contributed(): Promise<readonly Entry[]> {
    const entries: Entry[] = [];
    for (const entry of this.#structure.includer.resources.values()) {
      entries.push({ key: entry.key, value: await this.#value(entry) });
    }
    return entries;
  }

  #addRepositories(resources: Node): void {
    const { files } = this.#structure.expansion;
    for (const repository of repositoriesOf(resources)) {
      const alias = valueAt(repository, 'repository');
      if (alias !== undefined) files.addRepository(textOf(alias) ?? '');
    }
  }

  /** The name of a repository is needed before there is anything to evaluate. */
  #checkNames(resources: Node): void {
    for (const repository of repositoriesOf(resources)) {
      const name = valueAt(repository, 'name');
      if (name !== undefined) isLiteral(name, this.#structure.expansion.sink);
    }
  }

  #reportTwice({ key }: Entry, before: Origin): void {
    const code = key.text === 'variables' ? 'VARIABLES_DEFINED_TWICE' : 'DUPLICATE_KEY';
    const message = `'${key.text}' is already defined at ${before.file}:${before.line}. A file that extends a template leaves it to one of the two.`;
    this.#structure.expansion.sink.report(code, key.origin, message);
  }

  #reportMainOnly({ key }: FlatEntry): void {
    const message = `A template has no "${shorten(key.text)}". Write it into the main file.`;
    this.#structure.expansion.sink.report('TEMPLATE_KEY_UNKNOWN', key.origin, message);
  }
}

function withResources(entries: readonly Entry[], added: Entry): readonly Entry[] {
  const known = entries.find(({ key }) => key.text === 'resources');
  if (known === undefined) return [...entries, added];
  const merged = { key: known.key, value: mergeResources(known.value, added.value) };
  return entries.map((entry) => (entry === known ? merged : entry));
}

function repositoriesOf(resources: Node): readonly MappingNode[] {
  const list = resources.kind === 'mapping' ? valueAt(resources, 'repositories') : undefined;
  const items = list?.kind === 'sequence' ? list.items : [];
  return items.filter((item) => item.kind === 'mapping');
}
