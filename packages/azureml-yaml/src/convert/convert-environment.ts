// What a step runs in: a reference, or an environment that stands there itself.
import { checkSources, condaFileAt } from '../environment/environment-sources.ts';
import { inlineEnvironmentText, isInlineText } from '../environment/inline-environment.ts';
import type { MapToken, Token } from '../text/token.ts';
import { environmentAt } from './check-strings.ts';
import { type FileScope, pathIn } from './file-scope.ts';
import { mapAt, stringAt } from './read-token.ts';

/** A reference as written, or the text of an inline one; null where nothing is said. */
export function stepEnvironmentAt(body: Token | null, file: FileScope): string | null {
  const inline = mapAt(body, 'environment');
  if (inline !== null) return convertInline(inline, file);
  const reference = environmentAt(body, file.sink);
  return reference === null || isInlineText(reference) ? null : reference;
}

function convertInline(map: MapToken, file: FileScope): string {
  checkSources(map, file.sink);
  const conda = condaFileAt(map, file.sink);
  const condaFile = conda?.kind === 'file' ? { ...conda, path: pathIn(file, conda.path) } : conda;
  return inlineEnvironmentText({ image: stringAt(map, 'image'), condaFile });
}
