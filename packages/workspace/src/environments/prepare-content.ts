// Makes ready what an environment's content asks for, and says what a step has to have set to find it.
import { RidgelineError } from '../errors.ts';
import type { BuildPlan, BuiltFolders } from './build/built-folders.ts';
import type { Waiter } from './build/shared-work.ts';
import { type EnvironmentContent, type PythonContent, sha256 } from './environment-content.ts';
import { binOf, type Python, pathWith } from './python/find-python.ts';
import { isVenvUsable, makeVenv, venvOf } from './python/make-venv.ts';
import type { Pythons } from './python/pythons.ts';
import { checkR } from './r/check-r.ts';

/** What to set for a step's process; all else is left as it is. */
export type StepVariables = Readonly<Record<string, string>> & { readonly PATH: string };

export interface Makers {
  readonly builds: BuiltFolders;
  readonly pythons: Pythons;
}

/**
 * @param reference for messages.
 * @throws RidgelineError ENVIRONMENT_TOOL_MISSING, ENVIRONMENT_CANNOT_PREPARE, ENVIRONMENT_NOT_RUNNABLE
 */
export async function prepareContent(
  { builds, pythons }: Makers,
  reference: string,
  { python, r, image }: EnvironmentContent,
  waiter: Waiter,
): Promise<StepVariables> {
  const who = `environment '${reference}'`;
  if (image !== null) throw imageRefused(who, image);
  if (r !== null) {
    const version = await checkR(r, who, waiter.signal);
    waiter.onProgress?.(`Using R ${version} of this machine for ${who}`);
  }
  if (python === null) return { PATH: process.env.PATH ?? '' };
  const found = await pythons.find(python.version, who, waiter.signal);
  const folder = await builds.get(buildPlan(who, python, found), waiter);
  const venv = venvOf(folder);
  // Without the last one, what a step prints would stand in its log when it has ended only.
  return { PATH: pathWith(binOf(venv)), VIRTUAL_ENV: venv, PYTHONUNBUFFERED: '1' };
}

function buildPlan(who: string, { requirements }: PythonContent, python: Python): BuildPlan {
  return {
    // Of what is installed and by which Python: environments that differ in name only share it.
    key: sha256([requirements, python.version, process.platform, process.arch]),
    title: `${who} (Python ${python.version}, ${requirements.length} requirements)`,
    make: (build) => makeVenv(build, python, requirements),
    isUsable: isVenvUsable,
    failure: (error, { tail, file }) => {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `${who} could not be made: ${reason}; the last lines of its log (${file}):\n${tail}`;
      return new RidgelineError('ENVIRONMENT_CANNOT_PREPARE', message, { cause: error });
    },
  };
}

function imageRefused(who: string, image: string): RidgelineError {
  return new RidgelineError(
    'ENVIRONMENT_NOT_RUNNABLE',
    `${who} is the container image '${image}', and steps run as processes of this machine, in no ` +
      "container; give it a 'conda_file' with what the step needs (the image is then ignored), or " +
      "run the step in 'azureml:ridgeline-node@latest' and have its command call the container",
  );
}
