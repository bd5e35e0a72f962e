// Opens the files of a pipeline, each once, and says what is wrong with the way that they are named.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { didYouMean, listNames, shorten } from '../diagnostic/did-you-mean.ts';
import type { ScalarNode } from '../text/node.ts';
import type { Origin } from '../text/origin.ts';
import { readYaml } from '../text/read-yaml.ts';
import { TemplateFile } from './template-file.ts';
import { nameOf, resolveTemplate, selfRepository, type TemplatePath } from './template-path.ts';
import type { TemplateSource } from './template-source.ts';

const maxFiles = 100;

export class TemplateFiles {
  readonly #source: TemplateSource;
  readonly #sink: DiagnosticSink;
  /** As `resources` spells them, by lower-cased alias. */
  readonly #aliases = new Map([[selfRepository, selfRepository]]);
  /** By name; undefined for a file that is there but cannot be used. */
  readonly #files = new Map<string, TemplateFile | undefined>();

  constructor(source: TemplateSource, sink: DiagnosticSink) {
    this.#source = source;
    this.#sink = sink;
  }

  /** Of `resources`: from here on templates can be taken from it. */
  addRepository(alias: string): void {
    this.#aliases.set(alias.toLowerCase(), alias);
  }

  async open(
    reference: string,
    from: TemplatePath,
    origin: Origin,
  ): Promise<TemplateFile | undefined> {
    const path = resolveTemplate(reference, from);
    if (path === undefined) {
      const message = `"${shorten(reference)}" is no path inside of its repository. Write it from the folder of this file, or from the root with "/" in front.`;
      this.#sink.report('TEMPLATE_PATH_INVALID', origin, message);
      return undefined;
    }
    const repository = this.#aliases.get(path.repository.toLowerCase());
    if (repository !== undefined) return this.openPath({ repository, path: path.path }, origin);
    this.#reportAlias(path.repository, origin);
    return undefined;
  }

  async openPath(path: TemplatePath, origin: Origin): Promise<TemplateFile | undefined> {
    const name = nameOf(path);
    const known = this.#files.get(name);
    if (known !== undefined || this.#files.has(name)) return known;
    if (this.#files.size >= maxFiles) {
      const message = `With "${shorten(name)}" the pipeline has more than ${maxFiles} files. Put several templates into one.`;
      this.#sink.report('TEMPLATE_TOO_MANY_FILES', origin, message);
      return undefined;
    }
    const text = await this.#read(path, origin);
    if (text === undefined) return undefined;
    const file = this.#parse(path, text, origin);
    this.#files.set(name, file);
    return file;
  }

  /** The file that an origin names. */
  named(name: string): TemplateFile | undefined {
    return this.#files.get(name);
  }

  /** Whether a scalar stands in its file without quotes, and with nothing evaluated in it. */
  isPlain(node: ScalarNode): boolean {
    return this.#files.get(node.origin.file)?.isPlain(node) === true;
  }

  async #read(path: TemplatePath, origin: Origin): Promise<string | undefined> {
    const { repository } = path;
    try {
      const text = await this.#source.read(repository, path.path);
      if (text !== undefined) return text;
      const known = (await this.#source.list?.(repository)) ?? [];
      const message = `There is no file "${shorten(nameOf(path))}".${hintFor(path, known)}`;
      this.#sink.report('TEMPLATE_NOT_FOUND', origin, message);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const message = `The file "${shorten(nameOf(path))}" could not be read: ${shorten(reason)}`;
      this.#sink.report('TEMPLATE_NOT_FOUND', origin, message);
    }
    return undefined;
  }

  #parse(path: TemplatePath, text: string, origin: Origin): TemplateFile | undefined {
    const root = readYaml(text, nameOf(path), this.#sink);
    if (root === undefined) return undefined;
    if (root.kind === 'mapping') return new TemplateFile(path, text, root);
    const message = 'A pipeline file begins with keys such as "stages:", "jobs:" or "steps:".';
    // The pipeline's own file is opened from its own first line, and is no template.
    const isTemplate = origin.file !== root.origin.file;
    const place = isTemplate ? { ...root.origin, via: origin } : root.origin;
    this.#sink.report('TEMPLATE_KIND_MISMATCH', place, message);
    return undefined;
  }

  #reportAlias(alias: string, origin: Origin): void {
    const aliases = [...this.#aliases.values()];
    const hint = didYouMean(alias, aliases) || ` It has ${listNames(aliases)}.`;
    const message = `No repository of "resources" is called "${shorten(alias)}".${hint}`;
    this.#sink.report('TEMPLATE_REPOSITORY_UNKNOWN', origin, message);
  }
}

/** A name that is nearly the same, or the same name in another folder. */
function hintFor({ path }: TemplatePath, known: readonly string[]): string {
  const last = path.slice(path.lastIndexOf('/') + 1);
  const elsewhere = known.find((other) => other.endsWith(`/${last}`) || other === last);
  const near = didYouMean(path, known);
  if (near !== '') return near;
  if (elsewhere !== undefined) return ` Did you mean "${elsewhere}"?`;
  return ' A path is relative to the folder of the file that names it, or begins with "/".';
}
