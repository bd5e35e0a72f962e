// Runs `ridgeline agent start` as a process that can be killed, and a network that can be cut.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, connect as dial, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { bin } from './cli.ts';

export interface AgentEvent {
  readonly event: string;
  readonly job?: string;
  readonly result?: string | null;
}

export interface AgentProcess {
  readonly events: readonly AgentEvent[];
  readonly stderr: () => string;
  until(event: string): Promise<AgentEvent>;
  /** Gives the exit code; null where the signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Without a token of this process, unless `env` gives one. */
export async function startAgent(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<AgentProcess> {
  const { RIDGELINE_TOKEN: _token, RIDGELINE_URL: _url, ...own } = process.env;
  const child = spawn(process.execPath, [bin, 'agent', 'start', '--json', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...own, ...env },
  });
  const exited = once(child, 'exit');
  const events: AgentEvent[] = [];
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    events.push(JSON.parse(line) as AgentEvent);
  });
  const agent: AgentProcess = {
    events,
    stderr: () => stderr,
    until: (event) =>
      until(`the agent tells ${event}`, async () => {
        if (child.exitCode !== null) throw new Error(`the agent ended: ${stderr}`);
        return events.findLast((each) => each.event === event);
      }),
    stop: async (signal = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
  await agent.until('online');
  return agent;
}

export async function until<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 30_000; Date.now() < end; await delay(50)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new Error(`waited in vain until ${what}`);
}

export interface Network {
  readonly url: string;
  /** Breaks what is open now. */
  cut(): number;
  close(): Promise<void>;
}

/** A way to a server whose connections can be cut. */
export async function openNetwork(to: string): Promise<Network> {
  const { hostname, port } = new URL(to);
  const open = new Set<Socket>();
  const cut = () => {
    const count = open.size;
    for (const socket of open) socket.destroy();
    return count;
  };
  const server = createServer((near) => {
    const far = dial(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut,
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
