// The places of one run below `.ridgeline/ci/<number>/`.
import path from 'node:path';

export class RunFolder {
  readonly path: string;

  constructor(folder: string) {
    this.path = folder;
  }

  get record(): string {
    return path.join(this.path, 'run.json');
  }

  /** The expanded pipeline for people. */
  get finalYaml(): string {
    return path.join(this.path, 'final.yml');
  }

  /** The expanded pipeline with the origin of each value: what a rerun runs. */
  get expanded(): string {
    return path.join(this.path, 'expanded.json');
  }

  get snapshot(): string {
    return path.join(this.path, 'snapshot.json');
  }

  get artifacts(): string {
    return path.join(this.path, 'artifacts');
  }

  get tests(): string {
    return path.join(this.path, 'tests');
  }

  get coverage(): string {
    return path.join(this.path, 'coverage');
  }

  get attachments(): string {
    return path.join(this.path, 'attachments');
  }

  /** The agent's folder, with `_work/<n>` of each job in it. */
  get agent(): string {
    return path.join(this.path, 'agent');
  }

  jobLogs(job: string, attempt: number): string {
    return path.join(this.path, 'logs', attempt > 1 ? `${job}.attempt-${attempt}` : job);
  }
}

/** A name that users chose, as the name of a file. */
export function asFileName(name: string): string {
  const safe = name.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '');
  return safe.slice(0, 80) || 'unnamed';
}
