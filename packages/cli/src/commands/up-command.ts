// `ridgeline up`: a server for one workspace, and a first life for the project that comes with it.
import { RidgelineClient } from '@ridgeline/client';
import type { RunningServer } from '@ridgeline/server';
import { Command } from 'commander';
import { type CommonOptions, withWorkspace } from '../connection/common-options.ts';
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
  readonly publicUrl?: string;
  readonly workspaceName?: string;
  readonly corsOrigin: readonly string[];
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
    .option('--cors-origin <origin>', 'let web pages of this origin call it', collectName, [])
    .option(
      '--workspace-name <name>',
      "what Azure ML's addresses call this workspace; by default ridgeline",
    )
    .option('--public-url <url>', 'where others reach it, such as https://ml.example')
    .addHelpText('after', '\nExample:\n  ridgeline up --project . --port 8080')
    .action(async (options: UpOptions) => {
      const interrupted = nextInterrupt();
      const server = await start(options);
      try {
        const life = liveOnce(server, options).then(() => 'lived' as const);
        const end = await Promise.race([life, interrupted]);
        if (end === 'interrupted') return await leave(server);
        if (options.once !== true) await serve(server, interrupted);
      } finally {
        await server.close();
      }
    });
}

// Loaded here and not above: the other commands start in a fraction of the time without a server.
async function start(options: UpOptions): Promise<RunningServer> {
  const { startServer } = await import('@ridgeline/server');
  const { workspace, host, port, slots, allowHost, publicUrl, workspaceName, corsOrigin } = options;
  return startServer({
    folder: workspace,
    host,
    allowedHosts: allowHost,
    corsOrigins: corsOrigin,
    ...(port !== undefined && { port }),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(slots !== undefined && { slots }),
    ...(workspaceName !== undefined && { workspaceName }),
  });
}

async function liveOnce(server: RunningServer, options: UpOptions): Promise<void> {
  if (options.project === undefined) return;
  const project = await openProject(options.project);
  const client = new RidgelineClient({ url: server.url, token: server.token });
  if (options.once !== true && !(await isEmpty(client))) {
    printNote(
      `The workspace ${server.folder} is as it was left; --once takes the project through its life again.`,
    );
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

async function serve(server: RunningServer, interrupted: Promise<unknown>): Promise<void> {
  const client = new RidgelineClient({ url: server.url, token: server.token });
  printNote(await describeServer(server, client));
  await interrupted;
  printNote('\nStopping; the workspace stays as it is.');
}

/** Resolves at the first Ctrl-C or SIGTERM; later ones change nothing, as the way out is bounded. */
function nextInterrupt(): Promise<'interrupted'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => resolve('interrupted'));
    }
  });
}

// The life that was cut off would go on waiting for a server that is gone.
async function leave(server: RunningServer): Promise<never> {
  printNote('\nInterrupted; what was under way goes on when the server starts again.');
  await server.close();
  process.exit(130);
}
