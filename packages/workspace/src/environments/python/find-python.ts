// Finds a Python of this machine that an environment can be made from. None is installed: what is
// missing is said instead, with the words by which it can be had.
import { delimiter, join } from 'node:path';
import { RidgelineError } from '../../errors.ts';
import { askTool } from '../build/run-tool.ts';
import { meetsRules, type VersionRule } from '../version-rule.ts';

export interface Python {
  /** Absolute path of the interpreter. */
  readonly executable: string;
  /** Such as 3.11.7. */
  readonly version: string;
}

interface FoundPython extends Python {
  readonly hasVenv: boolean;
}

/** Names an interpreter that is not in the PATH, or is not to be chosen by its name there. */
export const pythonVariable = 'RIDGELINE_PYTHON';

const question = [
  'import importlib.util, json, platform, sys',
  'found = lambda name: importlib.util.find_spec(name) is not None',
  'print(json.dumps({"executable": sys.executable, "version": platform.python_version(),',
  '  "hasVenv": found("venv") and found("ensurepip")}))',
].join('\n');

/**
 * @param who needs it, for messages.
 * @throws RidgelineError ENVIRONMENT_TOOL_MISSING
 */
export async function findPython(
  rules: readonly VersionRule[],
  who: string,
  signal?: AbortSignal,
): Promise<Python> {
  const seen: FoundPython[] = [];
  for (const command of candidates(rules)) {
    const python = await askPython(command, signal);
    if (python === null) continue;
    seen.push(python);
    if (python.hasVenv && meetsRules(python.version, rules)) return python;
  }
  throw missing(rules, who, seen);
}

/** Python's own names for its versions come first, as `python3` is whichever was installed last. */
function candidates(rules: readonly VersionRule[]): readonly string[] {
  const named = process.env[pythonVariable];
  const minors = rules.flatMap((rule) => /^==3\.(\d+)/.exec(rule)?.[1] ?? []);
  const versions = minors.length > 0 ? minors : ['14', '13', '12', '11', '10', '9'];
  const names = [...(minors.length > 0 ? [] : ['python3']), ...versions.map((m) => `python3.${m}`)];
  return [...(named === undefined || named === '' ? [] : [named]), ...names, 'python3', 'python'];
}

async function askPython(
  command: string,
  signal: AbortSignal | undefined,
): Promise<FoundPython | null> {
  const answer = await askTool(command, ['-I', '-c', question], { signal });
  if (answer === null) return null;
  try {
    const found = JSON.parse(answer) as FoundPython;
    return /^\d+\.\d+/.test(found.version) && found.executable !== '' ? found : null;
  } catch {
    // Some other program of that name.
    return null;
  }
}

function missing(
  rules: readonly VersionRule[],
  who: string,
  seen: readonly FoundPython[],
): RidgelineError {
  const wanted = rules.length === 0 ? 'Python' : `Python ${rules.join(',')}`;
  const withoutVenv = seen.find(({ version }) => meetsRules(version, rules));
  const problem =
    withoutVenv === undefined
      ? `and this machine has ${seenText(seen)}`
      : `and ${withoutVenv.executable} (${withoutVenv.version}) lacks its modules venv and ensurepip`;
  return new RidgelineError(
    'ENVIRONMENT_TOOL_MISSING',
    `${who} needs ${wanted}, ${problem}; ${advice(rules)}`,
  );
}

function seenText(seen: readonly FoundPython[]): string {
  if (seen.length === 0) return 'none in the PATH of the server';
  const versions = seen.map(({ executable, version }) => `${version} (${executable})`);
  return `only ${[...new Set(versions)].join(', ')}`;
}

function advice(rules: readonly VersionRule[]): string {
  const minor = rules.map((rule) => /^[=~><!]+(3\.\d+)/.exec(rule)?.[1]).find((each) => each);
  const name = `python${minor ?? '3'}`;
  return (
    `install it (Debian, Ubuntu: apt-get install ${name} ${name}-venv; macOS: brew install ` +
    `python${minor === undefined ? '' : `@${minor}`}), or name an interpreter by the variable ` +
    `${pythonVariable} of the server, and submit the job again`
  );
}

/** The PATH of a step that is to find the programs of a folder first. */
export function pathWith(folder: string): string {
  return [folder, process.env.PATH ?? ''].join(delimiter);
}

/** Where a virtual environment has its programs. */
export function binOf(venv: string): string {
  return join(venv, 'bin');
}
