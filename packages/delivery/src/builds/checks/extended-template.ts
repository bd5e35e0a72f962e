// The template that a build's pipeline extends, read again from its file at the build's commit: the tree
// that was expanded of it has no `extends` any more.
import { posix } from 'node:path';
import {
  DiagnosticSink,
  type ExtendedTemplate,
  readYaml,
  templatePath,
} from '@ridgeline/azure-pipelines';
import { at, sourceFor, wordAt } from '../plan/compile-build.ts';
import type { BuildSurroundings } from '../run/build-surroundings.ts';

/** Undefined: it extends none, or one that an expression names. */
export async function extendedTemplate({
  pipeline,
  kept: { repositories },
  mirrors,
}: Pick<BuildSurroundings, 'pipeline' | 'kept' | 'mirrors'>): Promise<
  ExtendedTemplate | undefined
> {
  const { file } = pipeline.origin;
  const text = await sourceFor(repositories, mirrors).read('self', file);
  const extended = at(readYaml(text ?? '', file, new DiagnosticSink()), 'extends');
  const written = extended === undefined ? undefined : wordAt(extended, 'template');
  if (written === undefined) return undefined;
  const [path = '', alias = 'self'] = written.split('@');
  const repository = Object.hasOwn(repositories, alias) ? repositories[alias] : undefined;
  if (repository === undefined) return undefined;
  const isOwn = alias === 'self';
  const { name, location, ref } = repository;
  return { path: templatePath(path, isOwn ? posix.dirname(file) : ''), isOwn, name, location, ref };
}
