// The installed version that a step asks for, or a failure that lists what there is.

import type { TaskContext } from '../task.ts';
import { TaskFailure } from '../task-outcome.ts';
import { type Installed, installedVersions, type Search } from './installed-versions.ts';
import { bestVersion } from './version-spec.ts';

export async function chooseVersion(
  context: TaskContext,
  search: Search,
  spec: string,
  next: string,
): Promise<Installed> {
  const installed = await installedVersions(context, search);
  const best = bestVersion(
    installed.map((one) => one.version),
    spec,
  );
  const chosen = installed.find((one) => one.version === best);
  if (best !== undefined && chosen !== undefined) return chosen;
  const versions = [...new Set(installed.map((one) => one.version))];
  const there = versions.length === 0 ? 'None is installed.' : `Installed: ${versions.join(', ')}.`;
  throw new TaskFailure(`No ${search.tool} on this machine fits '${spec}'. ${there} ${next}`);
}
