// `ridgeline up`: a server for one workspace, and a first life for the project that comes with it.
import { RidgelineClient } from '@ridgeline/client';
import { defaultPort, type RunningServer, startServer } from '@ridgeline/server';
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
  readonly port: number;
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
    .option(
      '--port <number>',
      'the port to listen on; 0 takes any free one',
      parseInteger,
      defaultPort,
    )
    .option(
      '--slots <count>',
      'how many steps run at once; by default one a processor',
      parseInteger,
    )
    .option('--allow-host <name>', 'answer for this host name too', collectName, [])
    .addHelpText('after', '\nExample:\n  ridgeline up --project . --port 8080')
    .action(async (options: UpOptions) => {
      const server = await start(options);
      try {
        await liveOnce(server, options);
        if (options.once !== true) await serve(server);
      } finally {
        await server.close();
      }
    });
}

function start({ workspace, host, port, slots, allowHost }: UpOptions): Promise<RunningServer> {
  const settings = { folder: workspace, host, port, allowedHosts: allowHost };
  return startServer(slots === undefined ? settings : { ...settings, slots });
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

async function serve(server: RunningServer): Promise<void> {
  const client = new RidgelineClient({ url: server.url, token: server.token });
  printNote(await describeServer(server, client));
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });
  printNote('\nStopping; the workspace stays as it is.');
}
