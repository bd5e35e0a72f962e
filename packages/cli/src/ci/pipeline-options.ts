// The options of every command that reads a pipeline: what a person would choose when starting it,
// and where the things are that the file only names.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { collectName, collectPair } from '../commands/option-values.ts';
import { withWorkspace } from '../connection/common-options.ts';

/** What is never kept with a run, and so is named for a rerun too. */
export interface SurroundingOptions {
  readonly workspace: string;
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly secrets?: string;
  readonly variableGroup: Readonly<Record<string, string>>;
  readonly connections?: string;
  readonly secureFiles?: string;
  readonly environments?: string;
  readonly taskFolder: readonly string[];
}

export interface PipelineOptions extends SurroundingOptions {
  readonly parameter: Readonly<Record<string, string>>;
  readonly variable: Readonly<Record<string, string>>;
  readonly repository: Readonly<Record<string, string>>;
  readonly mock: Readonly<Record<string, 'succeeded' | 'failed'>>;
  readonly branch?: string;
  readonly reason: string;
  readonly name?: string;
}

export const reasons = [
  'Manual',
  'IndividualCI',
  'BatchedCI',
  'Schedule',
  'PullRequest',
  'BuildCompletion',
  'ResourceTrigger',
] as const;

/** The sentence on the file that all of them take. */
export const fileWords =
  "the pipeline's file; default: azure-pipelines.yml, or the one in .azure-pipelines or .pipelines";

export function withPipeline(command: Command): Command {
  return withPipelineOptions(command.argument('[file]', fileWords));
}

export function withSurroundings(command: Command): Command {
  return withWorkspace(command)
    .option('--secrets <file>', 'secret variables: a dotenv file, NAME=value a line')
    .option(
      '--variable-group <name=file>',
      'a variable group: a YAML, JSON or dotenv file',
      collectPair,
      {},
    )
    .option('--connections <file>', 'service connections: a YAML or JSON file')
    .option(
      '--environments <file>',
      'deployment environments, with checks and machines: a YAML or JSON file',
    )
    .option('--secure-files <folder>', 'the folder that holds secure files, by their names')
    .option(
      '--task-folder <folder>',
      'a folder with tasks of their own: task.json and a Node handler',
      collectName,
      [],
    )
    .option('--json', 'print JSON for programs');
}

export function withPipelineOptions(command: Command): Command {
  return withSurroundings(command)
    .option(
      '-p, --parameter <name=value>',
      'a value for a parameter, as YAML: true, 3, [a, b]',
      collectPair,
      {},
    )
    .option('--variable <name=value>', 'a variable given at the start', collectPair, {})
    .option(
      '--repository <alias=folder>',
      'where a repository of resources lies: a folder, or a git address with #ref',
      collectPair,
      {},
    )
    .option(
      '--mock <task>',
      'a task that is not run, and need not be known: it succeeds, or fails with TASK=failed',
      collectMock,
      {},
    )
    .option('--branch <ref>', 'Build.SourceBranch; default: the branch that is checked out', toRef)
    .addOption(new Option('--reason <reason>', 'Build.Reason').choices(reasons).default('Manual'))
    .option('--name <name>', "Build.DefinitionName; default: the file's name");
}

/** `main` is a branch; what begins with `refs/` is taken as it is. */
function toRef(text: string): string {
  if (text === '' || /[\s~^:?*[\\]|\.\.|\/$/.test(text))
    throw new InvalidArgumentError(
      `expected a branch, e.g. main or refs/tags/v1, and not '${text}'`,
    );
  return text.startsWith('refs/') ? text : `refs/heads/${text}`;
}

/** `TASK` or `TASK=failed`; the version behind an `@` says nothing more. */
function collectMock(
  text: string,
  earlier: Readonly<Record<string, 'succeeded' | 'failed'>>,
): Readonly<Record<string, 'succeeded' | 'failed'>> {
  const match = /^([^=@\s]+)(?:@\d[\d.]*)?(?:=(succeeded|failed))?$/.exec(text);
  if (match === null)
    throw new InvalidArgumentError(
      `expected TASK, TASK=succeeded or TASK=failed, and not '${text}'`,
    );
  const [, name = '', result = 'succeeded'] = match;
  return { ...earlier, [name]: result === 'failed' ? 'failed' : 'succeeded' };
}
