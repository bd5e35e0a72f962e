// The template that a pipeline extends, and whether it is one that an environment asks for.
import { posix } from 'node:path';
import { branchRef } from '../trigger/source-branch.ts';

export interface ExtendedTemplate {
  /** From the root of its repository. */
  readonly path: string;
  /** Whether it lies in the pipeline's own repository. */
  readonly isOwn: boolean;
  readonly name: string;
  readonly location: string;
  /** In full, such as `refs/heads/main`. */
  readonly ref: string;
}

/** @param required `PATH`, `PATH@REPOSITORY` or `PATH@REPOSITORY#REF` */
export function isTemplate(required: string, template: ExtendedTemplate): boolean {
  const [, path = '', repository, ref] = /^([^@]*)(?:@([^#]*)(?:#(.*))?)?$/.exec(required) ?? [];
  const isPlace =
    repository === undefined
      ? template.isOwn
      : repository === template.name || repository === template.location;
  const isRef = ref === undefined || branchRef(ref) === template.ref;
  return isPlace && isRef && templatePath(path) === templatePath(template.path);
}

/** @param from the folder of the file that names it; of another repository, its root. */
export function templatePath(written: string, from = ''): string {
  const path = written.replaceAll('\\', '/');
  return posix.join('/', path.startsWith('/') ? '' : from, path);
}
