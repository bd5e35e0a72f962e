// `ridgeline up`: a server for one workspace, and a first life for the project that comes with it.
import { RidgelineClient } from '@ridgeline/client';
import type { RunningServer } from '@ridgeline/server';
import { Command } from 'commander';
import { type CommonOptions, withWorkspace } from '../connection/common-options.ts';
import { CliError } from '../errors.ts';
import { runLifecycle } from '../lifecycle/lifecycle.ts';
import { openProject } from '../lifecycle/project.ts';
import { describeSummary, summarise } from '../lifecycle/summary.ts';
import { describeServer } from '../output/describe-server.ts';
import { printJsonLine, printNote, printResult } from '../output/print.ts';
import { collectName, parseInteger } from './option-values.ts';

interface UpOptions extends CommonOptions {
  readonly project?: string;
  readonly once?: boolean;
  readonly host: string;
  readonly port?: number;
  readonly slots?: number;
  readonly allowHost: readonly string[];
}

export function upCommand(): Command {
  return withWorkspace(new Command('up'))
    .description('start the server of a workspace')
    .option('--project <folder>', 'take this project through its life if the workspace is empty')
    .option('--once', 'take the project through its life, whatever the workspace holds, and exit')
    .option('--json', 'print one line of JSON for programs')
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <number>', 'the port; 5757 by default, 0 takes any free one', parseInteger)
    .option(
      '--slots <count>',
      'how many steps run at once; by default one a processor',
      parseInteger,
    )
    .option('--allow-host <name>', 'answer for this host name too', collectName, [])
    .addHelpText('after', '\nExample:\n  ridgeline up --project . --port 8080')
    .action(async (options: UpOptions) => {
      const interrupted = nextInterrupt();
      const server = await start(options);
      try {
        await Promise.race([liveOnce(server, options), interrupted.then(failInterrupted)]);
        if (options.once !== true) await serve(server, interrupted);
      } finally {
        await server.close();
      }
    });
}

// Loaded here and not above: the other commands start in a fraction of the time without a server.
async function start(options: UpOptions): Promise<RunningServer> {
  const { startServer } = await import('@ridgeline/server');
  const { workspace, host, port, slots, allowHost } = options;
  return startServer({
    folder: workspace,
    host,
    allowedHosts: allowHost,
    ...(port !== undefined && { port }),
    ...(slots !== undefined && { slots }),
  });
}

async function liveOnce(server: RunningServer, options: UpOptions): Promise<void> {
  if (options.project === undefined) return;
  const project = await openProject(options.project);
  const client = new RidgelineClient({ url: server.url, token: server.token });
  if (options.once !== true && !(await isEmpty(client))) {
    printNote(`The workspace ${server.folder} is as it was left.`);
    return;
  }
  const startedAt = performance.now();
  const result = await runLifecycle(client, project, server.token);
  const summary = summarise(result, server, performance.now() - startedAt);
  if (options.json === true) printJsonLine(summary);
  else printResult(`\n${describeSummary(result, summary)}`);
}

async function isEmpty(client: RidgelineClient): Promise<boolean> {
  const [jobs, data] = await Promise.all([client.jobs.list({ limit: 1 }), client.data.list()]);
  return jobs.length === 0 && data.length === 0;
}

async function serve(server: RunningServer, interrupted: Promise<void>): Promise<void> {
  const client = new RidgelineClient({ url: server.url, token: server.token });
  printNote(await describeServer(server, client));
  await interrupted;
  printNote('\nStopping; the workspace stays as it is.');
}

/** Resolves at the first Ctrl-C or SIGTERM; later ones change nothing, as the way out is bounded. */
function nextInterrupt(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
}

function failInterrupted(): never {
  const message = 'interrupted; what was under way goes on when the server starts again';
  throw new CliError('INTERRUPTED', message);
}
