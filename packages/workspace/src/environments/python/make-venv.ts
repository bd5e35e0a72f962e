// Makes a virtual environment: by Python's own venv and pip, with the user's configuration of pip.
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nullIfMissing } from '../../files/fs-errors.ts';
import type { Build } from '../build/built-folders.ts';
import { runTool } from '../build/run-tool.ts';
import { binOf, type Python } from './find-python.ts';

const venvTimeoutMs = 5 * 60_000;
/** Large packages take long over slow lines; what takes longer hangs. */
const pipTimeoutMs = 30 * 60_000;

export function venvOf(folder: string): string {
  return join(folder, 'venv');
}

/** Whether the environment is there, and the Python that it was made from. */
export async function isVenvUsable(folder: string): Promise<boolean> {
  const found = await nullIfMissing(access(join(binOf(venvOf(folder)), 'python')).then(() => true));
  return found ?? false;
}

export async function makeVenv(
  build: Build,
  python: Python,
  requirements: readonly string[],
): Promise<void> {
  const venv = venvOf(build.folder);
  await run(build, 'venv', [python.executable, '-m', 'venv', venv], venvTimeoutMs);
  if (requirements.length === 0) return;
  const list = join(build.folder, 'requirements.txt');
  await writeFile(list, `${requirements.join('\n')}\n`);
  const pip = [join(binOf(venv), 'python'), '-m', 'pip', 'install', '--requirement', list];
  const quiet = ['--no-input', '--disable-pip-version-check', '--progress-bar', 'off'];
  await run(build, 'pip', [...pip, ...quiet], pipTimeoutMs);
}

async function run(
  { log, signal }: Build,
  title: string,
  [command = '', ...args]: readonly string[],
  timeoutMs: number,
): Promise<void> {
  const end = await runTool({ command, args, timeoutMs, signal, onLine: log.add });
  if (end?.exitCode === 0) return;
  if (end?.timedOut === true)
    throw new Error(`${title} took more than ${timeoutMs / 60_000} minutes`);
  throw new Error(
    `${title} ended with ${end === null ? 'no such program' : `exit code ${end.exitCode}`}`,
  );
}
