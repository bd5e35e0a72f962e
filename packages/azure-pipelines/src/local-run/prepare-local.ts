// From what a person asked for to all that compiling and running need: the repository read, its
// neighbours found, predefined variables made.
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { compileTimeVariables } from './build-variables.ts';
import { LocalRunError } from './local-run-error.ts';
import { readParameter } from './parameter-value.ts';
import { type RepositoryFacts, readRepositoryFacts } from './repository-facts.ts';
import { FolderSource, folderOfRepository } from './repository-source.ts';
import type { RunRequest } from './run-record.ts';
import { RunStore } from './run-store.ts';
import { readSurroundings, type SurroundingFiles, type Surroundings } from './surrounding-files.ts';

/** As the words of a command have it: files are relative to where one stands. */
export interface LocalRequest extends SurroundingFiles {
  readonly file: string;
  /** The folder of the runs. */
  readonly store: string;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** Alias → folder or git address. */
  readonly repositories?: Readonly<Record<string, string>> | undefined;
  /** Of tasks of their own. */
  readonly taskFolders?: readonly string[] | undefined;
  readonly branch?: string | undefined;
  readonly reason?: string | undefined;
  readonly definitionName?: string | undefined;
}

export interface PreparedPipeline extends Surroundings {
  /** From the repository's root. */
  readonly file: string;
  readonly store: RunStore;
  readonly repository: RepositoryFacts;
  readonly source: FolderSource;
  readonly request: RunRequest;
  readonly compileTime: ReadonlyMap<string, string>;
}

/** @throws LocalRunError */
export async function prepareLocal(asked: LocalRequest): Promise<PreparedPipeline> {
  const whole = path.resolve(asked.file);
  const repository = await readRepositoryFacts(rootFor(whole, await inGit(whole)));
  const store = new RunStore(asked.store);
  const folders = await foldersOf(asked.repositories ?? {}, path.join(store.folder, 'clones'));
  const file = await fromRoot(repository.root, whole);
  const request = requestOf(asked, file, repository, folders);
  return {
    file,
    store,
    repository,
    source: new FolderSource(new Map([['self', repository.root], ...Object.entries(folders)])),
    request,
    compileTime: compileTimeVariables({ ...request, repository }),
    ...(await readSurroundings(asked)),
  };
}

/** For a rerun, which has its request from the run. */
export async function prepareAgain(
  request: RunRequest,
  store: RunStore,
  files: SurroundingFiles,
): Promise<PreparedPipeline> {
  const facts = await readRepositoryFacts(request.root);
  const folders = Object.entries(request.repositories);
  return {
    file: request.file,
    store,
    repository: facts,
    source: new FolderSource(new Map([['self', request.root], ...folders])),
    request,
    compileTime: compileTimeVariables({ ...request, repository: facts }),
    ...(await readSurroundings(files)),
  };
}

function requestOf(
  asked: LocalRequest,
  file: string,
  repository: RepositoryFacts,
  repositories: Readonly<Record<string, string>>,
): RunRequest {
  const parameters = Object.entries(asked.parameters ?? {});
  return {
    file,
    root: repository.root,
    definitionName: asked.definitionName ?? path.basename(file).replace(/\.ya?ml$/, ''),
    parameters: Object.fromEntries(
      parameters.map(([name, text]) => [name, readParameter(name, text)]),
    ),
    variables: asked.variables ?? {},
    repositories,
    selection: {},
    branch: asked.branch ?? repository.branch,
    commit: repository.commit,
    reason: asked.reason ?? 'Manual',
    mocks: {},
    isDryRun: false,
    taskFolders: (asked.taskFolders ?? []).map((folder) => path.resolve(folder)),
  };
}

async function inGit(file: string): Promise<string | undefined> {
  const facts = await readRepositoryFacts(path.dirname(file));
  return facts.isGit ? facts.root : undefined;
}

/** Without git: where one stands, as long as the file is below it. */
function rootFor(file: string, gitRoot: string | undefined): string {
  if (gitRoot !== undefined) return gitRoot;
  const here = process.cwd();
  return file.startsWith(here + path.sep) ? here : path.dirname(file);
}

async function fromRoot(root: string, file: string): Promise<string> {
  const relative = path.relative(await realpath(root), await realpath(file));
  if (!relative.startsWith('..')) return relative.replaceAll(path.sep, '/');
  throw new LocalRunError('REPOSITORY_NOT_READ', `${file} lies outside of its repository ${root}`);
}

async function foldersOf(
  repositories: Readonly<Record<string, string>>,
  clones: string,
): Promise<Readonly<Record<string, string>>> {
  const entries = Object.entries(repositories).map(
    async ([alias, place]) => [alias, await folderOfRepository(place, clones)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}
