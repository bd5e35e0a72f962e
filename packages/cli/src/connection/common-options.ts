// The options that every command has.
import type { Command } from 'commander';

export interface CommonOptions {
  /** The workspace's folder, by which the server on this machine is found. */
  readonly workspace: string;
  /** A server elsewhere; its token comes from RIDGELINE_TOKEN or a sign-in. */
  readonly url?: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

export const defaultWorkspace = '.ridgeline';

export function withWorkspace(command: Command): Command {
  const fromEnvironment = process.env.RIDGELINE_WORKSPACE ?? defaultWorkspace;
  return command
    .option(
      '-w, --workspace <folder>',
      "the workspace's folder ($RIDGELINE_WORKSPACE)",
      fromEnvironment,
    )
    .option('--verbose', 'show where an error comes from');
}

/** For commands that talk to a running server. */
export function withConnection(command: Command): Command {
  return withWorkspace(command)
    .option(
      '--url <url>',
      'a server elsewhere ($RIDGELINE_URL), signed in to or with its token in $RIDGELINE_TOKEN',
    )
    .option('--json', 'print JSON for programs');
}
