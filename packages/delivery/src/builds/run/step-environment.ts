// The environment that steps start from. The server's own is not passed on, as it may hold its
// secrets: a step gets what programs need everywhere, and what the server adds for it.
import { withAzStandIn } from '@ridgeline/azure-pipelines';

const passedOn = ['HOME', 'LANG', 'LC_ALL', 'LOGNAME', 'PATH', 'SHELL', 'TMPDIR', 'TZ', 'USER'];

/** @param azFolder holds the `az` that steps find first. */
export function stepEnvironment(
  more: Readonly<Record<string, string>>,
  azFolder?: string,
): Readonly<Record<string, string | undefined>> {
  const own = passedOn.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const env = { ...Object.fromEntries(own), ...more };
  return azFolder === undefined ? env : withAzStandIn(env, azFolder);
}
