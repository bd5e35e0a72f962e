// Takes metrics from the steps of tests, as the server would: their run and its token are not asked
// for.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { Workspace } from '@ridgeline/workspace';

export interface MetricDesk {
  readonly url: string;
  close(): Promise<void>;
}

interface Report {
  readonly runId: string;
  readonly key: string;
  readonly value: number;
}

export async function openMetricDesk(workspace: () => Workspace): Promise<MetricDesk> {
  const server = createServer(async (request, response) => {
    const { runId, key, value } = (await json(request)) as Report;
    const metric = { key, value, timestamp: Date.now(), step: 0 };
    await workspace()
      .runs.logMetric(runId, metric)
      .then(
        () => response.end(),
        () => response.writeHead(500).end(),
      );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

const program = `
const { MLFLOW_TRACKING_URI: url, MLFLOW_RUN_ID: runId } = process.env;
const [key, ...values] = process.argv.slice(1);
for (const value of values) {
  const body = JSON.stringify({ runId, key, value: Number(value) });
  const { ok } = await fetch(url, { method: "POST", body });
  if (!ok) process.exit(1);
}`;

/** A shell command that reports a metric; `values` is a part of the command, such as '$x 2'. */
export function logMetric(key: string, values: string): string {
  return `node --input-type=module -e '${program}' ${key} ${values}`;
}
