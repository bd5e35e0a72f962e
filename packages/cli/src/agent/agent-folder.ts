// The folder of an agent: its jobs while they run, and what stays from one to the next.
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { killMarked } from '@ridgeline/azure-pipelines';

export interface JobPlace {
  readonly home: string;
  /** Of `runJob`. */
  readonly workFolder: string;
  /** For files on their way. */
  readonly transfers: string;
}

export class AgentFolder {
  readonly path: string;

  constructor(folder: string) {
    this.path = path.resolve(folder);
  }

  cache(pipelineId: string): string {
    return path.join(this.path, 'cache', pipelineId.replaceAll(/[^A-Za-z0-9]/g, '-'));
  }

  /** A fresh one for each job, as on a hosted agent; only tools stay. `mark`: of its processes. */
  async makePlace(lease: string, mark: string): Promise<JobPlace> {
    const home = this.#homeOf(lease);
    const workFolder = path.join(home, '_work');
    const tools = path.join(this.path, 'tools');
    const transfers = path.join(home, 'transfers');
    await rm(home, { recursive: true, force: true });
    for (const folder of [tools, workFolder, transfers]) await mkdir(folder, { recursive: true });
    await symlink(tools, path.join(workFolder, '_tool'), 'junction');
    // On the disk before its first process is there.
    await writeFile(path.join(home, 'mark'), mark);
    return { home, workFolder, transfers };
  }

  async removePlace(lease: string): Promise<void> {
    await rm(this.#homeOf(lease), { recursive: true, force: true });
  }

  /** Ends and removes what an agent that was killed has left. */
  async clear(): Promise<void> {
    const jobs = path.join(this.path, 'jobs');
    for (const lease of await readdir(jobs).catch(() => [])) {
      const mark = await readFile(path.join(jobs, lease, 'mark'), 'utf8').catch(() => '');
      if (mark !== '') await killMarked(mark);
      await this.removePlace(lease);
    }
  }

  #homeOf(lease: string): string {
    return path.join(this.path, 'jobs', lease);
  }
}
