// Runs the real git, never with a question on the terminal, and never with a shell between.
import { execFile } from 'node:child_process';
import { LocalRunError } from './local-run-error.ts';

const maxOutputBytes = 256 * 1024 * 1024;

/** What it printed. @throws LocalRunError GIT_FAILED, whose cause has the exit code and `stdout` */
export async function git(
  folder: string,
  words: readonly string[],
  signal?: AbortSignal,
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  execFile(
    'git',
    ['-C', folder, ...words],
    {
      maxBuffer: maxOutputBytes,
      env: { ...withoutGitVariables(), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
      ...(signal === undefined ? {} : { signal }),
    },
    (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(failure(words, stderr, Object.assign(error, { stdout })));
    },
  );
  return promise;
}

/** As git(), or undefined where it fails. */
export async function tryGit(
  folder: string,
  words: readonly string[],
): Promise<string | undefined> {
  try {
    return await git(folder, words);
  } catch {
    return undefined;
  }
}

/** A hook of git's sets GIT_DIR and others, which would turn every command to that repository. */
function withoutGitVariables(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^GIT_(DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY)$/.test(name),
  );
  return Object.fromEntries(kept);
}

function failure(words: readonly string[], stderr: string, cause: Error): LocalRunError {
  if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
    return new LocalRunError('GIT_FAILED', 'git was not found; install it, or put it on the PATH', {
      cause,
    });
  const said = stderr.trim() || cause.message;
  // Before the command's name may stand where its repository is.
  const command = words.find((word) => /^[a-z][a-z-]*$/.test(word)) ?? '';
  return new LocalRunError('GIT_FAILED', `git ${command} failed: ${said}`, { cause });
}
