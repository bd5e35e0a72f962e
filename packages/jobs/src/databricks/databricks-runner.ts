// Runs steps on a Databricks cluster. What is submitted follows from the attempt alone, and its run's
// id is the token by which Databricks starts it once, for however many servers.
import type { Compute } from '@ridgeline/workspace';
import { RidgelineError, userSecretName } from '@ridgeline/workspace';
import type { AttemptIdentity, StepRunner, StepStart } from '../runner/step-runner.ts';
import { type FoundProcess, keepFromStarting, type StepProcess } from '../step/supervise.ts';
import { writeBundle } from './bundle.ts';
import { DatabricksApi, type Submission } from './databricks-api.ts';
import { DatabricksProcess, type ProcessTiming } from './databricks-process.ts';
import { remoteProgram } from './remote-program.ts';
import { remoteStep } from './remote-step.ts';

export interface DatabricksRunnerOptions extends Partial<ProcessTiming> {
  readonly secrets: { get(name: string): Promise<string> };
  /** The outputs of a step together. Default 10 GiB. */
  readonly maxOutputBytes?: number;
  /** See `DatabricksAccess`. */
  readonly retryDelayMs?: number;
}

const defaultTiming = { pollMs: 5_000, patienceMs: 10 * 60_000 };
const defaultMaxOutputBytes = 10 * 1024 ** 3;

export class DatabricksRunner implements StepRunner {
  readonly #options: DatabricksRunnerOptions;

  constructor(options: DatabricksRunnerOptions) {
    this.#options = options;
  }

  async start(start: StepStart): Promise<StepProcess> {
    const { attempt, compute, folder, outputs } = start;
    const api = this.#apiOf(compute);
    const store = storeOf(attempt);
    const { step, packed } = remoteStep(start, driverFolderOf(attempt));
    await api.writeFile(`${store}/bundle.jsonl`, () => writeBundle(step, packed));
    await api.writeFile(`${store}/run.py`, () => textOf(remoteProgram));
    if (!(await keepFromStarting(folder.root))) {
      throw new Error('another server has made sure that this attempt is never started');
    }
    return this.#processOf(api, { attempt, compute, folder, outputs });
  }

  async find(step: Parameters<StepRunner['find']>[0]): Promise<FoundProcess> {
    const { compute, folder } = step;
    if (await keepFromStarting(folder.root)) return { state: 'not started' };
    return { state: 'running', process: this.#processOf(this.#apiOf(compute), step) };
  }

  #apiOf({ properties }: Compute): DatabricksApi {
    const { workspaceUrl = '', secretName = '' } = properties;
    const { secrets, retryDelayMs } = this.#options;
    return new DatabricksApi({
      workspaceUrl,
      token: () => tokenOf(secrets, secretName),
      ...(retryDelayMs !== undefined && { retryDelayMs }),
    });
  }

  #processOf(
    api: DatabricksApi,
    { attempt, compute, folder, outputs }: Parameters<StepRunner['find']>[0],
  ): StepProcess {
    const { pollMs, patienceMs, maxOutputBytes } = this.#options;
    const timing = {
      pollMs: pollMs ?? defaultTiming.pollMs,
      patienceMs: patienceMs ?? defaultTiming.patienceMs,
    };
    const store = storeOf(attempt);
    const submission = submissionOf(attempt, compute);
    const process = new DatabricksProcess({
      ...{ api, submission, store, folder, outputs, timing },
      maxOutputBytes: maxOutputBytes ?? defaultMaxOutputBytes,
    });
    // It is submitted now, and not when somebody asks for its end.
    process.ended().catch(() => {});
    return process;
  }
}

async function tokenOf(secrets: DatabricksRunnerOptions['secrets'], name: string): Promise<string> {
  try {
    return await secrets.get(userSecretName(name));
  } catch (error) {
    if (!(error instanceof RidgelineError) || error.code !== 'SECRET_NOT_FOUND') throw error;
    const message = `secret '${name}' is not set, which is to hold the token of Databricks; type: ridgeline secret set ${name} < FILE`;
    throw new Error(message, { cause: error });
  }
}

function storeOf({ runId }: AttemptIdentity): string {
  return `/ridgeline/${runId}`;
}

function driverFolderOf({ runId }: AttemptIdentity): string {
  return `/tmp/ridgeline/${runId}`;
}

function submissionOf(attempt: AttemptIdentity, { properties }: Compute): Submission {
  const store = storeOf(attempt);
  return {
    run_name: `ridgeline ${attempt.jobId} ${attempt.stepName}`.slice(0, 200),
    idempotency_token: attempt.runId.slice(0, 64),
    tasks: [
      {
        task_key: 'step',
        existing_cluster_id: properties.clusterId ?? '',
        spark_python_task: {
          python_file: `dbfs:${store}/run.py`,
          parameters: [`/dbfs${store}`, driverFolderOf(attempt)],
        },
      },
    ],
  };
}

async function* textOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
