// `- template: path` with its `parameters`: which file that is, and what it can see.

import { didYouMean, shorten } from '../diagnostic/did-you-mean.ts';
import { textOf } from '../text/node.ts';
import type { Origin } from '../text/origin.ts';
import type { ArgumentBinder } from './argument-binder.ts';
import type { Expansion } from './expansion.ts';
import type { FlatMapping } from './flatten.ts';
import type { FlatEntry } from './piece.ts';
import { type ListKind, mainOnlyKeys, type TemplateKind } from './places.ts';
import { contextNames, type Scope } from './scope.ts';
import type { TemplateFile } from './template-file.ts';
import { selfRepository, type TemplatePath } from './template-path.ts';

const maxDepth = 100;
const referenceKeys = new Set(['template', 'parameters']);
const kinds: ReadonlySet<string> = new Set([
  'steps',
  'jobs',
  'phases',
  'stages',
  'variables',
  'extends',
]);
const noLocals: Scope['locals'] = new Map();

export interface Entered {
  readonly file: TemplateFile;
  /** Of the template's own texts. */
  readonly scope: Scope;
  /** Where it was named. */
  readonly origin: Origin;
}

export class TemplateIncluder {
  readonly #expansion: Expansion;
  readonly #binder: ArgumentBinder;
  /** `resources` of included templates, once each. */
  readonly resources = new Map<string, FlatEntry>();

  constructor(expansion: Expansion, binder: ArgumentBinder) {
    this.#expansion = expansion;
    this.#binder = binder;
  }

  /** Undefined, and reported, where there is no such template. */
  async enter(item: FlatMapping): Promise<Entered | undefined> {
    const reference = item.entries.find(({ key }) => key.text === 'template');
    if (reference === undefined) return undefined;
    const { origin } = reference.key;
    this.#expansion.budget.spendWork(origin);
    for (const entry of item.entries) this.#checkKey(entry);
    const file = await this.#open(reference, origin);
    if (file === undefined || this.#isTooDeep(file, reference.scope, origin)) return undefined;
    const given = item.entries.find(({ key }) => key.text === 'parameters');
    const parameters = await this.#binder.bind(file, given, origin);
    const { variables, depth } = item.scope;
    const inner = { locals: noLocals, names: contextNames, via: origin, isFinal: false };
    return { file, scope: { file, parameters, variables, depth: depth + 1, ...inner }, origin };
  }

  /** The lists of one kind that the template gives. */
  lists({ file, scope, origin }: Entered, kind: TemplateKind): readonly FlatEntry[] {
    const flat = this.#expansion.values.flattener.mapping(file.body, scope);
    const entries = flat.kind === 'mapping' ? flat.entries : [];
    const lists = entries.filter((entry) => this.#isList(entry, kind, file));
    const others = entries.some(({ key }) => kinds.has(key.text));
    if (lists.length === 0 && !others && flat.kind === 'mapping') {
      const message = `Template "${file.name}" has no "${kind}", which are needed here. Check its path, or write "${kind}:" in it.`;
      this.#expansion.sink.report('TEMPLATE_KIND_MISMATCH', origin, message);
    }
    return lists;
  }

  #isList(entry: FlatEntry, kind: TemplateKind, file: TemplateFile): boolean {
    const { text, origin } = entry.key;
    if (text === kind || (kind === 'jobs' && text === 'phases')) return true;
    if (text === 'resources') this.resources.set(file.name, entry);
    else if (kinds.has(text)) {
      const message = `Template "${file.name}" gives "${text}", and it is included where "${kind}" are needed. Include it among "${text}".`;
      this.#expansion.sink.report('TEMPLATE_KIND_MISMATCH', entry.scope.via ?? origin, message);
    } else this.#reportKey(text, origin, kind);
    return false;
  }

  #reportKey(text: string, origin: Origin, kind: ListKind | TemplateKind): void {
    const known = ['parameters', kind];
    const hint = mainOnlyKeys.has(text)
      ? ' Only the main file has it.'
      : didYouMean(text, known) || ` It has "parameters" and "${kind}".`;
    const message = `A template of ${kind} has no "${shorten(text)}".${hint}`;
    this.#expansion.sink.report('TEMPLATE_KEY_UNKNOWN', origin, message);
  }

  async #open(reference: FlatEntry, origin: Origin): Promise<TemplateFile | undefined> {
    const { value, scope } = reference;
    const path = this.#expansion.values.expand(value, scope);
    const text = textOf(path);
    if (text === undefined || text.trim() === '' || text.includes('${{')) {
      const message =
        'A template is named by its path. Write for example "template: templates/steps.yml".';
      // An expression without a value has been reported already.
      if (text?.includes('${{') !== true)
        this.#expansion.sink.report('TEMPLATE_PATH_INVALID', path.origin, message);
      return undefined;
    }
    return this.#expansion.files.open(text, this.#from(scope, origin), origin);
  }

  /** A reference that came as a parameter is relative to the file that it was written in. */
  #from(scope: Scope, origin: Origin): TemplatePath {
    const file = scope.isFinal ? this.#expansion.files.named(origin.file) : scope.file;
    return file?.path ?? { repository: selfRepository, path: '' };
  }

  #isTooDeep(file: TemplateFile, scope: Scope, origin: Origin): boolean {
    if (scope.depth < maxDepth) return false;
    const message = `Template "${file.name}" would stand in more than ${maxDepth} others. Look for one that includes itself.`;
    this.#expansion.sink.report('TEMPLATE_TOO_DEEP', origin, message);
    return true;
  }

  #checkKey({ key }: FlatEntry): void {
    if (referenceKeys.has(key.text)) return;
    const hint =
      didYouMean(key.text, referenceKeys) ||
      ' Hand it over as a parameter, or set it in the template.';
    const message = `A reference to a template has no "${shorten(key.text)}" beside it, only "parameters".${hint}`;
    this.#expansion.sink.report('TEMPLATE_KEY_UNKNOWN', key.origin, message);
  }
}
