// Which program runs an entry script: Node for JavaScript and TypeScript, Python for the rest.
import { access, constants } from 'node:fs/promises';
import { delimiter, extname, join, resolve } from 'node:path';
import { ScoringError } from '../errors.ts';

export interface WorkerProgram {
  readonly command: string;
  readonly arguments: readonly string[];
}

const nodeEndings: readonly string[] = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'];

/** @throws ScoringError SCORING_SCRIPT_NOT_FOUND, PARALLEL_LANGUAGE_NOT_INSTALLED */
export async function workerProgram(
  entryScript: string,
  programArguments: readonly string[],
): Promise<WorkerProgram> {
  const script = resolve(entryScript);
  if (!(await isThere(script, constants.R_OK))) {
    const message = `entry script '${entryScript}' is not there; it is looked for in the step's code folder`;
    throw new ScoringError('SCORING_SCRIPT_NOT_FOUND', message);
  }
  const isNode = nodeEndings.includes(extname(script).toLowerCase());
  const driver = join(import.meta.dirname, isNode ? 'node-driver.ts' : 'python-driver.py');
  const command = isNode ? process.execPath : await findPython(entryScript);
  return { command, arguments: [driver, script, ...programArguments] };
}

async function findPython(entryScript: string): Promise<string> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of ['python3', 'python']) {
    for (const folder of folders) {
      const program = join(folder, name);
      if (await isThere(program, constants.X_OK)) return program;
    }
  }
  const message =
    `entry script '${entryScript}' needs Python, and neither python3 nor python is on the PATH; ` +
    'install Python, or write the script for Node';
  throw new ScoringError('PARALLEL_LANGUAGE_NOT_INSTALLED', message);
}

function isThere(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
