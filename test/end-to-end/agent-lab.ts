// For tests of agents: a server with a git repository and a delivery pipeline, in a folder of its own.
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { git } from '@ridgeline/azure-pipelines';
import type { Build, RidgelineClient } from '@ridgeline/client';
import { type AgentProcess, startAgent, until } from './agent-process.ts';
import { ridgeline, type Server, startServer } from './cli.ts';

export class AgentLab {
  readonly folder: string;
  readonly #agents: AgentProcess[] = [];
  #server: Server | null = null;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<AgentLab> {
    return new AgentLab(await mkdtemp(path.join(tmpdir(), "agents' test ")));
  }

  get workspace(): string {
    return path.join(this.folder, 'workspace');
  }

  get agentFolder(): string {
    return path.join(this.folder, 'agent');
  }

  async serve(port = 0): Promise<Server> {
    this.#server = await startServer(this.workspace, port);
    return this.#server;
  }

  /** `CI`, of a repository with this pipeline and a `source.txt`. */
  async define(client: RidgelineClient, yaml: string): Promise<void> {
    const repository = path.join(this.folder, 'repository');
    await mkdir(repository);
    await git(repository, ['init', '--quiet', '--initial-branch=main']);
    await writeFile(path.join(repository, 'azure-pipelines.yml'), `trigger: none\n${yaml}`);
    await writeFile(path.join(repository, 'source.txt'), 'the source\n');
    const author = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com'];
    await git(repository, ['add', '--all']);
    await git(repository, [...author, 'commit', '--quiet', '-m', 'first']);
    await client.deliveryPipelines.create({
      name: 'CI',
      repository: { location: repository },
      variables: [{ name: 'key', value: 'hunter2-secret', isSecret: true }],
    });
  }

  /** A command, and what it prints as JSON. */
  async run(...words: readonly string[]) {
    const ended = await ridgeline([...words, '-w', this.workspace, '--json']);
    if (ended.exitCode !== 0) throw new Error(ended.stderr);
    return JSON.parse(ended.stdout);
  }

  async agent(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const started = await startAgent(['--folder', this.agentFolder, ...words], env);
    this.#agents.push(started);
    return started;
  }

  /** A path in a script. */
  quoted(name: string): string {
    return `'${path.join(this.folder, name).replaceAll("'", "'\\''")}'`;
  }

  /** In a script: says that it is there, and waits to be let go on, or for the lab to be gone. */
  get gate(): string {
    const isClosed = `[ -d ${this.quoted('')} ] && [ ! -e ${this.quoted('go')} ]`;
    return `touch ${this.quoted('begun')}; while ${isClosed}; do sleep 0.05; done`;
  }

  async untilBegun(): Promise<void> {
    const begun = path.join(this.folder, 'begun');
    await until('the step has begun', () =>
      stat(begun).then(
        () => true,
        () => undefined,
      ),
    );
  }

  async letGo(): Promise<void> {
    await writeFile(path.join(this.folder, 'go'), '');
  }

  async dispose(): Promise<void> {
    for (const agent of this.#agents) await agent.stop('SIGKILL');
    await this.#server?.stop('SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
  }
}

export function jobOf({ stages }: Build, name: string) {
  const found = stages.flatMap(({ jobs }) => jobs).findLast(({ job }) => job === name);
  if (found !== undefined) return found;
  throw new Error(`the build has no job ${name}`);
}

/** Without their times. */
export async function linesOf(client: RidgelineClient, build: Build, job: string, step: string) {
  const found = jobOf(build, job).steps.find(({ name }) => name === step);
  const lines: string[] = [];
  for await (const some of client.builds.followLog(build.id, found?.log ?? 0)) lines.push(...some);
  return lines.map((line) => line.slice(line.indexOf(' ') + 1));
}
