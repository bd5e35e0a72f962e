// What the steps of one job share: variables, secrets, the path, outputs, the status so far.

import type { EndpointChange } from '../command/command-target.ts';
import type { JobRun } from '../orchestrate/job-run.ts';
import { resultName } from '../orchestrate/result.ts';
import type { TaskRegistry } from '../task/task-registry.ts';
import { JobVariables, type VariableFlags } from '../variable/job-variables.ts';
import { SecretMasker } from '../variable/secret-masker.ts';
import type { Cancellation } from './cancellation.ts';
import type { JobContainers } from './job-containers.ts';
import type { JobFolders } from './job-folders.ts';
import type { JobHost } from './job-host.ts';
import type { JobMemory, SetByStep } from './job-memory.ts';
import { jobVariables, machineVariables, stepVariables } from './predefined-variables.ts';
import type { EndingTimes } from './run-process.ts';
import type { JobStatus } from './step-condition.ts';
import type { StepRecord, StepResult } from './step-record.ts';
import { mergeResults } from './step-result.ts';

export interface JobSettings {
  readonly run: JobRun;
  readonly host: JobHost;
  readonly tasks: TaskRegistry;
  readonly folders: JobFolders;
  readonly cancellation: Cancellation;
  readonly environment: Readonly<Record<string, string>>;
  readonly ending: EndingTimes;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** The mark of this job's processes. */
  readonly lookupId: string;
}

export class JobScope {
  readonly settings: JobSettings;
  readonly masker = new SecretMasker();
  readonly variables: JobVariables;
  /** The newest first. */
  readonly prependedPath: string[] = [];
  /** By `step.variable`. */
  readonly outputs = new Map<string, string>();
  readonly endpointChanges: EndpointChange[] = [];
  containers: JobContainers | undefined;
  readonly #setBySteps = new Map<string, SetByStep>();
  readonly #secretsOfSteps = new Set<string>();
  #sources: string | null = null;
  #status: JobStatus = 'succeeded';

  constructor(settings: JobSettings) {
    this.settings = settings;
    this.variables = new JobVariables(this.masker);
    this.#defineVariables();
    this.#showStatus();
  }

  #defineVariables(): void {
    const { run, folders } = this.settings;
    for (const [name, value] of run.variables) this.variables.set(name, value.value, value);
    for (const [name, value] of Object.entries(jobVariables(run))) {
      if (this.variables.find(name) === undefined) this.#define(name, value);
    }
    for (const [name, value] of Object.entries(machineVariables(folders)))
      this.#define(name, value);
  }

  #define(name: string, value: string): void {
    this.variables.set(name, value, { readonly: true });
  }

  /** Before each step. */
  show(step: StepRecord): void {
    const values = stepVariables(this.settings.run, step);
    for (const [name, value] of Object.entries(values)) this.#define(name, value);
  }

  /** By a step, for those behind it. */
  setVariable(name: string, value: string, flags: VariableFlags = {}): void {
    this.#setBySteps.set(name.toLowerCase(), { name, value, flags });
    this.variables.set(name, value, flags);
  }

  /** By a step: from now on it is masked. */
  addSecret(secret: string): void {
    this.#secretsOfSteps.add(secret);
    this.masker.add(secret);
  }

  get memory(): JobMemory {
    return {
      variables: [...this.#setBySteps.values()],
      outputs: [...this.outputs],
      secrets: [...this.#secretsOfSteps],
      prependedPath: [...this.prependedPath],
      endpointChanges: [...this.endpointChanges],
      sources: this.#sources,
    };
  }

  /** Before its first step: what an earlier process knew of the job. */
  recall(memory: JobMemory): void {
    for (const secret of memory.secrets) this.addSecret(secret);
    for (const { name, value, flags } of memory.variables) this.setVariable(name, value, flags);
    for (const [name, value] of memory.outputs) this.outputs.set(name, value);
    this.prependedPath.push(...memory.prependedPath);
    this.endpointChanges.push(...memory.endpointChanges);
    if (memory.sources !== null) this.moveSources(memory.sources);
  }

  /** The folders of the steps from now on. */
  moveSources(folder: string): void {
    this.#sources = folder;
    Object.assign(this.settings.folders, { sources: folder, workingDirectory: folder });
    const names = ['Build.SourcesDirectory', 'Build.Repository.LocalPath'];
    for (const name of [...names, 'System.DefaultWorkingDirectory']) this.#define(name, folder);
  }

  get status(): JobStatus {
    return this.#status;
  }

  /** Only what went wrong in a step changes the job; that it was skipped or ended does not. */
  take(result: StepResult): void {
    if (result !== 'failed' && result !== 'succeededWithIssues') return;
    this.#status = mergeResults(this.#status, result) as JobStatus;
    this.#showStatus();
  }

  /** From now on conditions see a canceled job, whatever it was before. */
  cancel(): void {
    this.#status = 'canceled';
    this.#showStatus();
  }

  #showStatus(): void {
    this.#define('Agent.JobStatus', resultName(this.#status));
  }

  get secretOutputs(): ReadonlySet<string> {
    const isSecret = (key: string) => this.variables.find(key)?.secret === true;
    return new Set([...this.outputs.keys()].filter(isSecret));
  }
}
