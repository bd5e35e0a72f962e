// A project in a folder of its own, and the real command in it: in this process, which is faster by
// the time that a Node takes to start, or in one of its own where the test is about its end.
import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import fs, {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, vi } from 'vitest';
import { runCli } from '../run-cli.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<Said>;
}

/** A repository with its files committed, and the command run in it. */
export class Project {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'ci-')));

  constructor(files: Readonly<Record<string, string>>, commit = true) {
    folders.push(this.folder);
    for (const [name, text] of Object.entries(files)) this.write(name, text);
    if (!commit) return;
    this.git('init', '--quiet', '--initial-branch=main');
    this.git('add', '--all');
    this.git(
      '-c',
      'user.name=Ada',
      '-c',
      'user.email=ada@example.com',
      'commit',
      '--quiet',
      '-m',
      'First',
    );
  }

  write(name: string, text: string): void {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  read(name: string): string {
    return readFileSync(path.join(this.folder, name), 'utf8');
  }

  git(...words: readonly string[]): string {
    return execFileSync('git', words, { cwd: this.folder, encoding: 'utf8' });
  }

  /** `ridgeline ci …` to its end. */
  async ci(...words: readonly string[]): Promise<Said> {
    const before = process.cwd();
    process.chdir(this.folder);
    const heard = listen();
    try {
      const code = await runCli(['ci', ...words]);
      return { code, ...heard.said };
    } finally {
      heard.stop();
      process.chdir(before);
    }
  }

  start(...words: readonly string[]): Started {
    const child = spawn(process.execPath, [main, 'ci', ...words], {
      cwd: this.folder,
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
    const { promise: ended, resolve, reject } = Promise.withResolvers<Said>();
    child.once('error', reject).once('close', (code) => resolve({ code, ...said }));
    return { process: child, ended };
  }
}

/** What goes to standard output and to standard error, instead of there. */
function listen() {
  const said = { stdout: '', stderr: '' };
  const keep = (stream: keyof typeof said) => (text: unknown) => {
    said[stream] += String(text);
    return true;
  };
  const write = fs.writeSync as (file: number, ...written: unknown[]) => number;
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(keep('stdout')),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep('stderr')),
    vi.spyOn(fs, 'writeSync').mockImplementation(((file: number, ...written: unknown[]) => {
      if (file !== 2) return write(file, ...written);
      keep('stderr')(written[0]);
      return String(written[0]).length;
    }) as typeof fs.writeSync),
  ];
  syncBuiltinESMExports();
  const stop = () => {
    for (const spy of spies) spy.mockRestore();
    syncBuiltinESMExports();
  };
  return { said, stop };
}

/** Waits for what a process does in its own time. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(20);
}
