// The sample project's own name, replaced all through texts and file names. The longer form goes
// first, so that the shorter one finds only what stands alone.
import { defaultTemplate, type ProjectTemplate } from './templates.ts';

type SampleName = Pick<ProjectTemplate, 'identifier' | 'short'>;

/** @param name 3 to 15 letters and underscores. */
export function renameText(
  text: string,
  name: string,
  { identifier, short }: SampleName = defaultTemplate,
): string {
  const renamed = text
    .replaceAll(identifier, name)
    .replaceAll(identifier.replaceAll('_', '-'), withHyphens(name));
  if (short === null) return renamed;
  return renamed.replaceAll(short, name).replaceAll(capitalised(short), capitalised(name));
}

/** Endpoint and package names know no underscore. */
function withHyphens(name: string): string {
  return (
    name
      .toLowerCase()
      .replaceAll('_', '-')
      .replace(/^-+|-+$/g, '') || 'project'
  );
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
