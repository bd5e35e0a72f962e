// A call that the stand-in answers: its words, its flags, and what it does.
import type { Flag } from './grammar/flag.ts';
import type { Flags } from './grammar/parse-flags.ts';
import type { Workspace } from './session/open-workspace.ts';

export interface AzCommand {
  /** Such as `account show`. */
  readonly words: readonly string[];
  readonly about: string;
  readonly flags: readonly Flag[];
  /** What is printed; undefined prints nothing. */
  run(call: AzCall): Promise<unknown>;
}

export interface AzCall {
  readonly flags: Flags;
  readonly env: NodeJS.ProcessEnv;
  /** To standard error, for people. */
  note(text: string): void;
  /** @throws CliError, AzError where no workspace is known, or nobody is signed in to it */
  workspace(): Promise<Workspace>;
}
