// The components of one job: each file is read and converted once, however often it is used.
import { checkVersionedReference } from '../asset/check-reference.ts';
import { pathFrom } from '../asset/relative-path.ts';
import type { ComponentSource } from '../component/component-source.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import type { PipelineInput } from '../job/port-types.ts';
import type { CommandFields, ParallelFields } from '../job/step-types.ts';
import { checkKind } from '../kind/check-kind.ts';
import { checkSchema } from '../schema/check-schema.ts';
import { componentSchema } from '../schema/step-schema.ts';
import { readTokens } from '../text/read-tokens.ts';
import { Source } from '../text/source.ts';
import type { MapEntry, MapToken, ScalarToken } from '../text/token.ts';
import type { FileScope } from './file-scope.ts';
import type { Graph } from './graph-types.ts';

/** More are not written by hand, and each may be a megabyte. */
const maxComponents = 1000;
const maxDepth = 16;

/** What a component holds, by its type. */
export type ComponentBody =
  | { readonly type: 'command'; readonly fields: CommandFields }
  | { readonly type: 'parallel'; readonly fields: ParallelFields }
  | { readonly type: 'pipeline'; readonly graph: Graph };

export interface Component {
  readonly token: MapToken;
  readonly file: FileScope;
  readonly inputs: ReadonlyMap<string, PipelineInput>;
  /** As declared. */
  readonly outputs: ReadonlyMap<string, MapEntry>;
  readonly body: ComponentBody;
}

/** `owner`: for messages about its command. `searchSpace`: what a sweep draws for it, else null. */
export type ConvertComponent = (
  token: MapToken,
  file: FileScope,
  owner: string,
  searchSpace: ReadonlyMap<string, unknown> | null,
) => Component | null;

export class Components {
  readonly #source: ComponentSource | undefined;
  readonly #convert: ConvertComponent;
  readonly #known = new Map<string, Component | null>();
  readonly #open = new Set<string>();
  readonly #missing = new Set<string>();

  /** `convert`: reads what has been checked already. */
  constructor(source: ComponentSource | undefined, convert: ConvertComponent) {
    this.#source = source;
    this.#convert = convert;
  }

  /** References that nothing was found for, each once. */
  get missing(): readonly string[] {
    return [...this.#missing];
  }

  /** A component that stands in a step itself. */
  inline(
    token: MapToken,
    file: FileScope,
    owner: string,
    searchSpace: ReadonlyMap<string, unknown> | null = null,
  ): Component | null {
    return this.#convert(token, file, owner, searchSpace);
  }

  /** Null when there is no such component; the reason is reported where it is named. */
  named(token: ScalarToken & { value: string }, file: FileScope): Component | null {
    const reference = referenceOf(token, file);
    if (reference === null) return null;
    if (this.#open.has(reference)) {
      const message = `component '${shorten(token.value)}' stands in itself; take it out of one of the files`;
      file.sink.report('COMPONENT_NESTED', token.offset, message);
      return null;
    }
    const known = this.#known.get(reference);
    if (known !== undefined) return known;
    if (file.depth >= maxDepth || this.#known.size >= maxComponents) {
      const message = `component '${shorten(token.value)}' is one too many: at most ${maxDepth} stand in one another, and ${maxComponents} in a job`;
      file.sink.report('COMPONENT_NESTED', token.offset, message);
      return null;
    }
    const component = this.#read(reference, token, file);
    this.#known.set(reference, component);
    return component;
  }

  #read(
    reference: string,
    token: ScalarToken & { value: string },
    file: FileScope,
  ): Component | null {
    const found = this.#source?.get(reference);
    if (found === undefined) {
      this.#missing.add(reference);
      const message = `component '${shorten(token.value)}' is not there; check its ${reference.startsWith('azureml:') ? "name and version, or register it with 'ridgeline create'" : 'path, which begins at this file'}`;
      file.sink.report('COMPONENT_NOT_FOUND', token.offset, message);
      return null;
    }
    const sink = file.sink.forFile(new Source(found.text, found.fileName));
    const root = componentRoot(sink);
    if (root === null) return null;
    this.#open.add(reference);
    const scope = { sink, base: found.codeBase, components: this, depth: file.depth + 1 };
    const component = this.#convert(root, scope, 'the component', null);
    this.#open.delete(reference);
    return component;
  }
}

/** The checked root of a component's file; null when it is none, which is reported. */
function componentRoot(sink: DiagnosticSink): MapToken | null {
  const root = readTokens(sink);
  if (root === null) return null;
  if (root.kind === 'map' && !checkKind(root, 'component', sink)) return null;
  checkSchema(root, componentSchema, '', sink);
  return root.kind === 'map' ? root : null;
}

/** As `ComponentSource` is asked for it; null when it is no reference, which is reported. */
function referenceOf(
  token: ScalarToken & { value: string },
  { base, sink }: FileScope,
): string | null {
  const text = token.value.replace(/^file:(?:\/\/)?/, '');
  if (text.trim() === '' || text.includes('${{')) return null;
  if (!/^[A-Za-z][A-Za-z0-9+.-]+:/.test(text)) return pathFrom(base ?? '.', text);
  const problem = checkVersionedReference(text);
  if (problem === null && text.startsWith('azureml:')) return text;
  const message = `'${shorten(text)}' names no component; write the path of its file, 'azureml:name:version' or 'azureml:name@latest'`;
  sink.report(problem?.code ?? 'ASSET_REFERENCE_INVALID', token.offset, message);
  return null;
}
