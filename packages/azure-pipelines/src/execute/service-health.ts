// Waits until a service beside a job can be used.

import { TaskFailure } from '../task/task-outcome.ts';
import type { ContainerEngine } from './container-engine.ts';
import { pause } from './timer.ts';

const healthChecks = 150;
const healthCheckMs = 2_000;
/** An image without a health check is healthy as soon as it runs. */
const format = '{{if .State.Health}}{{.State.Health.Status}}{{else}}healthy{{end}}';

/** @throws TaskFailure where it does not get healthy, or the job is canceled before */
export async function untilHealthy(
  engine: ContainerEngine,
  name: string,
  alias: string,
  canceled: AbortSignal,
): Promise<void> {
  for (let check = 0; check < healthChecks; check += 1) {
    const status = await engine.run(['inspect', '--format', format, name]);
    if (status === 'healthy') return;
    if (status === 'unhealthy' || canceled.aborted) break;
    await pause(healthCheckMs, canceled);
  }
  throw new TaskFailure(`The service '${alias}' does not get healthy`);
}
