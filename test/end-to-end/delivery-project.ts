// The sample project as a team has it: a git repository of its own, with the variable group and the
// service connection of this machine beside it.
import { execFileSync } from 'node:child_process';
import { appendFile, cp, glob, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ended, ridgeline, type Server, template } from './cli.ts';

const dependencies = fileURLToPath(new URL('../../node_modules', import.meta.url));
const leftOut = new Set(['node_modules', '.ridgeline', 'coverage']);

export class DeliveryProject {
  /** Holds the project, its builds and its settings. */
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  file(...parts: readonly string[]): string {
    return path.join(this.folder, 'project', ...parts);
  }

  async make(): Promise<void> {
    const filter = (source: string) => !leftOut.has(path.basename(source));
    await cp(template, this.file(), { recursive: true, filter });
    await this.#keepOnlyTestsOf('data', 'evaluate');
    this.git('init', '--quiet', '--initial-branch', 'master');
    await appendFile(this.file('.git/info/exclude'), 'node_modules\n');
    await symlink(dependencies, this.file('node_modules'));
    this.commit('The sample project');
  }

  /** The sample's tests run elsewhere too: a few of them show that a build runs and counts them. */
  async #keepOnlyTestsOf(...folders: readonly string[]): Promise<void> {
    for await (const file of glob('*/**/*.test.ts', { cwd: this.file() }))
      if (!folders.includes(file.split(path.sep)[0] ?? '')) await rm(this.file(file));
  }

  async change(file: string, edit: (text: string) => string): Promise<void> {
    await writeFile(this.file(file), edit(await readFile(this.file(file), 'utf8')));
  }

  git(...words: readonly string[]): void {
    const person = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
    execFileSync('git', [...person, ...words], { cwd: this.file(), stdio: 'pipe' });
  }

  commit(message: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', message);
  }

  /** `variables` stand beside those that lead to the server. */
  async settings(server: Server, variables: Readonly<Record<string, string>>): Promise<void> {
    const group = {
      RIDGELINE_URL: server.url,
      RIDGELINE_TOKEN: { value: server.token, isSecret: true },
      WORKSPACE_SVC_CONNECTION: 'aml-workspace-connection',
      ...variables,
    };
    const connection = {
      type: 'AzureRM',
      url: server.url,
      authorization: { scheme: 'Token', parameters: { apitoken: server.token } },
      data: { subscriptionId: 'any', resourceGroupName: 'any', mlWorkspaceName: 'ridgeline' },
    };
    const connections = { 'aml-workspace-connection': connection };
    await writeFile(path.join(this.folder, 'group.yml'), JSON.stringify(group));
    await writeFile(path.join(this.folder, 'connections.yml'), JSON.stringify(connections));
  }

  /** `ridgeline ci <verb>` on one of the project's pipelines. */
  ci(verb: string, pipeline: string, ...words: readonly string[]): Promise<Ended> {
    const builds = ['-w', path.join(this.folder, 'builds')];
    const file = path.join('.pipelines', `${pipeline}.yml`);
    return ridgeline(['ci', verb, file, ...builds, ...words], { cwd: this.file() });
  }

  run(pipeline: string, ...words: readonly string[]): Promise<Ended> {
    return this.ci(
      'run',
      pipeline,
      ...['--variable-group', `devopsforai-aml-vg=${path.join(this.folder, 'group.yml')}`],
      ...['--connections', path.join(this.folder, 'connections.yml')],
      ...['--variable', `DEPENDENCIES_FOLDER=${dependencies}`],
      ...words,
    );
  }

  /** What a build has left, e.g. `run.json`. */
  build(number: number, ...parts: readonly string[]): string {
    return path.join(this.folder, 'builds', 'ci', String(number), ...parts);
  }
}
