// Shows a build that was asked for: as it is, or when it has ended.
import type { Build, RidgelineClient } from '@ridgeline/client';
import { CliError } from '../errors.ts';
import { describeBuild } from '../output/describe-build.ts';
import { printEither } from '../output/print.ts';
import { followBuild, isGood } from '../submit/follow-build.ts';
import { quietReader } from './build-logs-command.ts';

/** @throws CliError BUILD_NOT_SUCCEEDED, where it is waited for */
export async function finishBuild(
  client: RidgelineClient,
  build: Build,
  { wait, json }: { readonly wait?: true; readonly json?: boolean },
): Promise<void> {
  const shown = wait ? await followBuild(client, build.id, quietReader) : build;
  printEither(json, shown, () => describeBuild(shown));
  if (wait && !isGood(shown)) {
    const message = `build ${shown.id} has ${shown.result}; 'ridgeline build logs ${shown.id}' shows why`;
    throw new CliError('BUILD_NOT_SUCCEEDED', message);
  }
}
