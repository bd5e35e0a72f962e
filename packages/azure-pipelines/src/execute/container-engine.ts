// The program that runs containers here, if there is one that answers.

import { spawn } from 'node:child_process';
import { TaskFailure } from '../task/task-outcome.ts';

export interface ToolResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ToolOptions {
  readonly stdin?: string;
  /** Aborted: it rejects. */
  readonly signal?: AbortSignal;
}

const programs = ['docker', 'podman'] as const;

/** An engine that is installed but whose server does not run is none. */
export async function findEngine(env: Environment): Promise<ContainerEngine | undefined> {
  for (const program of programs) {
    const engine = new ContainerEngine(program, env);
    const answered = await engine.try(['info']).catch(() => undefined);
    if (answered?.code === 0) return engine;
  }
  return undefined;
}

type Environment = Readonly<Record<string, string>>;

export class ContainerEngine {
  readonly program: string;
  readonly #env: Environment;

  constructor(program: string, env: Environment) {
    this.program = program;
    this.#env = env;
  }

  /** Gives what it printed, or fails with what it said. */
  async run(args: readonly string[], options: ToolOptions = {}): Promise<string> {
    const { code, stdout, stderr } = await this.try(args, options);
    if (code === 0) return stdout.trim();
    const what = `${this.program} ${args.slice(0, 2).join(' ')}`;
    throw new TaskFailure(`${what} failed (exit code ${code}): ${stderr.trim()}`);
  }

  try(args: readonly string[], { stdin, signal }: ToolOptions = {}): Promise<ToolResult> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.program, args, { env: this.#env, stdio: 'pipe', signal });
      const texts = { stdout: '', stderr: '' };
      child.stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
      child.stdin.on('error', () => {});
      child.stdin.end(stdin);
      child.once('error', reject);
      child.once('close', (code) => resolve({ code: code ?? 1, ...texts }));
    });
  }
}
