// Finds the R of this machine, and sees that it has what an environment names. Nothing is installed:
// what R's packages need to be built is too different from system to system.
import { RidgelineError } from '../../errors.ts';
import { askTool } from '../build/run-tool.ts';
import type { RContent } from '../environment-content.ts';
import { meetsRules } from '../version-rule.ts';

const question = 'cat(as.character(getRversion()), list.files(.libPaths()), sep = "\\n")';

/**
 * @param who needs it, for messages.
 * @returns the version of R
 * @throws RidgelineError ENVIRONMENT_TOOL_MISSING
 */
export async function checkR(
  { version: rules, packages }: RContent,
  who: string,
  signal?: AbortSignal,
): Promise<string> {
  const answer = await askTool('Rscript', ['--vanilla', '-e', question], { signal });
  const [version = '', ...installed] = answer?.split('\n') ?? [];
  if (!/^\d/.test(version)) throw missingR(who);
  if (!meetsRules(version, rules)) throw wrongVersion(who, version, rules);
  // conda has R's names in lower case.
  const present = new Set(installed.map((name) => name.toLowerCase()));
  const absent = packages.filter((name) => !present.has(name));
  if (absent.length > 0) throw missingPackages(who, absent);
  return version;
}

function missingR(who: string): RidgelineError {
  return toolMissing(
    `${who} needs R, and there is no 'Rscript' in the PATH of the server; install R (Debian, ` +
      'Ubuntu: apt-get install r-base-core; macOS: brew install r; others: cran.r-project.org), ' +
      'and submit the job again',
  );
}

function wrongVersion(who: string, version: string, rules: readonly string[]): RidgelineError {
  return toolMissing(
    `${who} needs R ${rules.join(',')}, and this machine has ${version}; install the one that is ` +
      'asked for, or change the version of r-base',
  );
}

function missingPackages(who: string, absent: readonly string[]): RidgelineError {
  const names = absent.map((name) => `'${name}'`).join(', ');
  return toolMissing(
    `${who} needs the R packages ${names}, which are not installed; install them (in R: ` +
      'install.packages, minding upper and lower case), and submit the job again',
  );
}

function toolMissing(message: string): RidgelineError {
  return new RidgelineError('ENVIRONMENT_TOOL_MISSING', message);
}
