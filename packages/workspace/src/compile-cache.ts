// Where Node keeps what it has compiled, for the programs that a server starts: a step or a scoring
// process would compile the same modules anew, which takes longer than all else at its start.
import { getCompileCacheDir } from 'node:module';
import path from 'node:path';

/** That of this process, as the variable that Node reads; nothing where it keeps none. */
export function compileCacheVariable(): Readonly<Record<string, string>> {
  // What Node names is the part of the folder that is of its own version.
  const folder = getCompileCacheDir();
  const kept = process.env.NODE_COMPILE_CACHE || (folder && path.dirname(folder));
  return kept ? { NODE_COMPILE_CACHE: kept } : {};
}
