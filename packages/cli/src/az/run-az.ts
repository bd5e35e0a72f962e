// From words to an exit code. Standard output carries the result and nothing else; that this is not
// the Azure CLI is the first line of standard error.
import { printNote } from '../output/print.ts';
import type { AzCall, AzCommand } from './az-command.ts';
import { azCommands } from './az-commands.ts';
import { AzError } from './az-error.ts';
import { describeVersion } from './commands/version.ts';
import { describeCommand, describeCommands } from './grammar/describe-help.ts';
import { findCommand } from './grammar/find-command.ts';
import { type Flag, globalFlags } from './grammar/flag.ts';
import { checkRequired, type Flags, parseFlags } from './grammar/parse-flags.ts';
import { formatOutput, outputFormat } from './output/format-output.ts';

const identity = "az (Ridgeline's stand-in, not the Azure CLI)";

export async function runAz(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    if (isReal(env.RIDGELINE_AZ)) {
      const { runRealAz } = await import('./real-az.ts');
      return await runRealAz(words, env);
    }
    if (!isQuiet(words, env)) printNote(identity);
    await answer(words, env);
    return 0;
  } catch (error) {
    printNote(`ERROR: ${describeError(error, words.includes('--debug'))}`);
    return error instanceof AzError ? error.exitCode : 1;
  }
}

/** @throws AzError AZ_USAGE where the choice is none */
function isReal(choice: string | undefined): boolean {
  const wanted = choice?.trim().toLowerCase() || 'stand-in';
  if (wanted === 'real' || wanted === 'stand-in') return wanted === 'real';
  throw new AzError('AZ_USAGE', "the variable RIDGELINE_AZ takes 'stand-in' or 'real'");
}

function isQuiet(words: readonly string[], env: NodeJS.ProcessEnv): boolean {
  const asked = /^(1|true|yes|on)$/i.test(env.AZURE_CORE_ONLY_SHOW_ERRORS ?? '');
  return asked || words.includes('--only-show-errors');
}

async function answer(words: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const [first] = words;
  if (first === undefined || first === '--help' || first === '-h')
    return print(`${describeCommands(azCommands)}\n`);
  if (first === '--version' || first === '-v') return print(describeVersion());
  const { command, rest } = await findCommand(words, azCommands);
  const known: readonly Flag[] = [...command.flags, ...globalFlags];
  const flags = await parseFlags(rest, known);
  if (flags.has('help')) return print(`${describeCommand(command)}\n`);
  checkRequired(flags, known);
  const format = outputFormat(flags.one('output'));
  const result = await run(command, known, {
    flags,
    env,
    ...notes(words, env),
    ...workspaceOf(env),
  });
  print(formatOutput(await query(result, flags), format));
}

async function run(command: AzCommand, known: readonly Flag[], call: AzCall): Promise<unknown> {
  const ignored = known.filter(({ hasNoEffect, name }) => hasNoEffect && call.flags.has(name));
  for (const { spellings } of ignored) call.note(`${spellings[0]} has no effect here`);
  return command.run(call);
}

function notes(words: readonly string[], env: NodeJS.ProcessEnv): Pick<AzCall, 'note'> {
  return { note: (text) => (isQuiet(words, env) ? undefined : printNote(`az: ${text}`)) };
}

// Loaded here and not above: most of a call's time is loading.
function workspaceOf(env: NodeJS.ProcessEnv): Pick<AzCall, 'workspace'> {
  return {
    async workspace() {
      const { openWorkspace } = await import('./session/open-workspace.ts');
      return openWorkspace(env);
    },
  };
}

async function query(result: unknown, flags: Flags): Promise<unknown> {
  const asked = flags.one('query');
  if (asked === undefined || result === undefined) return result;
  const { queried } = await import('./output/query.ts');
  return queried(result, asked);
}

/** On one line, as tasks show the last one. */
function describeError(error: unknown, isDebug: boolean): string {
  const { code, message, stack } = error as { code?: unknown; message?: unknown; stack?: string };
  const text = typeof message === 'string' ? message.replaceAll(/\s*\n\s*/g, '; ') : String(error);
  const line = typeof code === 'string' ? `${code}: ${text}` : text;
  return isDebug && stack !== undefined ? `${line}\n${stack}` : line;
}

/** Without a line break of its own. */
function print(text: string): void {
  process.stdout.write(text);
}
