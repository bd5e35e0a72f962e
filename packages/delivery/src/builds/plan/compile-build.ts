// From a definition and a commit to a pipeline, or to all that is wrong with its file.
import {
  branchRef,
  type CompiledPipeline,
  compilePipeline,
  DiagnosticSink,
  formatDiagnostic,
  type Node,
  readYaml,
  type TaskRegistry,
  textOf,
  valueAt,
} from '@ridgeline/azure-pipelines';
import { DeliveryError } from '../../errors.ts';
import { CommitSource } from '../repository/commit-source.ts';
import type { Mirrors } from '../repository/mirrors.ts';
import { type PinnedRepository, pinRepository } from '../repository/pinned-repository.ts';
import { type BuildContext, compileTimeOf } from './build-context.ts';

export interface CompiledBuild extends Required<CompiledPipeline> {
  /** By alias, `self` among them. */
  readonly repositories: Readonly<Record<string, PinnedRepository>>;
}

/** Longer lists help nobody. */
const maxShown = 20;

/** @throws DeliveryError BUILD_INVALID, REPOSITORY_NOT_READ */
export async function compileBuild(
  context: BuildContext,
  mirrors: Mirrors,
  tasks: TaskRegistry,
): Promise<CompiledBuild> {
  const repositories = await pinAll(context, mirrors);
  const source = sourceFor(repositories, mirrors);
  const file = context.definition.yamlPath;
  const { parameters = {} } = context.request;
  const variables = compileTimeOf(context);
  const compiled = await compilePipeline({ file, source, parameters, variables, tasks });
  if (!isWhole(compiled)) throw invalid(context, compiled);
  return { ...compiled, repositories };
}

function isWhole(compiled: CompiledPipeline): compiled is Required<CompiledPipeline> {
  return compiled.pipeline !== undefined;
}

/** Also those that only a template would read: which these are is not known before. */
async function pinAll(
  { self, definition, request }: BuildContext,
  mirrors: Mirrors,
): Promise<Readonly<Record<string, PinnedRepository>>> {
  const refs = await refsInFile(self, definition.yamlPath, mirrors);
  const pins: Record<string, PinnedRepository> = { self };
  const pushed = new Map(Object.entries(request.trigger?.repositories ?? {}));
  for (const [alias, { location, branch }] of Object.entries(definition.repositories)) {
    const { ref, commit } = pushed.get(alias) ?? { ref: branchRef(refs.get(alias) ?? branch) };
    pins[alias] = await pinRepository(mirrors, location, ref, commit);
  }
  return pins;
}

/** `ref` of the repositories of `resources`, as far as the file says it without an expression. */
async function refsInFile(
  self: PinnedRepository,
  file: string,
  mirrors: Mirrors,
): Promise<ReadonlyMap<string, string>> {
  const text = await sourceFor({ self }, mirrors).read('self', file);
  const root = readYaml(text ?? '', file, new DiagnosticSink());
  const refs = itemsOf(at(at(root, 'resources'), 'repositories')).flatMap((item) => {
    const [alias, ref] = [wordAt(item, 'repository'), wordAt(item, 'ref')];
    return alias === undefined || ref === undefined ? [] : [[alias, ref] as const];
  });
  return new Map(refs);
}

export function at(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'mapping' ? valueAt(node, key) : undefined;
}

function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === 'sequence' ? node.items : [];
}

export function wordAt(node: Node, key: string): string | undefined {
  const value = at(node, key);
  const text = value === undefined ? undefined : textOf(value);
  return text === undefined || text === '' || text.includes('$') ? undefined : text;
}

export function sourceFor(
  repositories: Readonly<Record<string, PinnedRepository>>,
  mirrors: Mirrors,
): CommitSource {
  const pins = new Map(Object.entries(repositories));
  return new CommitSource(async (alias) => {
    const pin = pins.get(alias);
    if (pin === undefined) return undefined;
    return { mirror: mirrors.folderOf(pin.location), commit: pin.commit };
  });
}

function invalid(
  { definition, self }: BuildContext,
  { diagnostics }: CompiledPipeline,
): DeliveryError {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const lines = errors.slice(0, maxShown).map(formatDiagnostic);
  const more = errors.length > maxShown ? [`and ${errors.length - maxShown} more`] : [];
  const where = `'${definition.name}' at ${self.commit.slice(0, 10)} of ${self.ref}`;
  return new DeliveryError(
    'BUILD_INVALID',
    [`${where} is no pipeline:`, ...lines, ...more].join('\n'),
  );
}
