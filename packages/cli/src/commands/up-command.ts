// `ridgeline up`: a server for one workspace, and a first life for the project that comes with it.
import { setTimeout as sleep } from 'node:timers/promises';
import { RidgelineClient } from '@ridgeline/client';
import type { RunningServer } from '@ridgeline/server';
import { Command } from 'commander';
import { azFolder } from '../az/az-folder.ts';
import { type CommonOptions, withWorkspace } from '../connection/common-options.ts';
import { openLife } from '../lifecycle/lifecycle.ts';
import { openProject } from '../lifecycle/project.ts';
import { describeSummary, summarise } from '../lifecycle/summary.ts';
import { describeServer } from '../output/describe-server.ts';
import { printJsonLine, printNote, printResult } from '../output/print.ts';
import { databaseAddress } from './database-address.ts';
import { collectName, parseInteger } from './option-values.ts';

const startAgainMs = 2_000;

interface UpOptions extends CommonOptions {
  readonly project?: string;
  readonly once?: boolean;
  readonly host: string;
  readonly port?: number;
  readonly slots?: number;
  readonly allowHost: readonly string[];
  readonly publicUrl?: string;
  readonly workspaceName: string;
  readonly corsOrigin: readonly string[];
  readonly allowPrivateWebhooks?: boolean;
  readonly database?: string;
  readonly artifacts?: string;
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
    .option('--workspace-name <name>', "what Azure ML's addresses call this workspace", 'ridgeline')
    .option('--public-url <url>', 'where others reach it, such as https://ml.example')
    .option(
      '--database <address>',
      'a Postgres database, such as postgres://ridgeline@db.example/ml; its password in PGPASSWORD',
    )
    .option(
      '--artifacts <address>',
      'where artifacts go, such as s3://bucket/prefix or https://account.blob.core.windows.net/container',
    )
    .option('--allow-private-webhooks', 'let webhooks send to addresses of this network too')
    .addHelpText('after', '\nExample:\n  ridgeline up --project . --port 8080')
    .action(async (options: UpOptions) => {
      const interrupted = nextInterrupt();
      let server: RunningServer | null = await start(options);
      // Whoever knows its address finds it there again.
      const again = { ...options, port: Number(new URL(server.url).port) };
      while (server !== null && (await run(server, options, interrupted)) === 'lost') {
        printNote(
          '\nAnother server has taken over, or the database was away for long; starting again.',
        );
        server = await startAgain(again, interrupted);
      }
    });
}

/** @returns `lost` where a new start may run the engines again, or wait for its turn. */
async function run(
  server: RunningServer,
  options: UpOptions,
  interrupted: Promise<'interrupted'>,
): Promise<'lost' | 'ended'> {
  const lost = server.lost.then(() => 'lost' as const);
  try {
    const life = liveOnce(server, options).then((goOn) => ({ goOn }));
    const end = await Promise.race([life, interrupted, lost]);
    if (end === 'interrupted') return await leave(server);
    if (end === 'lost') return 'lost';
    if (options.once === true) return 'ended';
    return await serve(server, end.goOn, [interrupted, lost]);
  } finally {
    await server.close();
  }
}

// Loaded here and not above: the other commands start in a fraction of the time without a server.
async function start(options: UpOptions): Promise<RunningServer> {
  const { startServer } = await import('@ridgeline/server');
  const { workspace, host, port, slots, allowHost, publicUrl, workspaceName, corsOrigin } = options;
  const database = databaseAddress(options.database);
  return startServer({
    folder: workspace,
    host,
    allowedHosts: allowHost,
    azFolder,
    corsOrigins: corsOrigin,
    workspaceName,
    ...(port !== undefined && { port }),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(slots !== undefined && { slots }),
    ...(database !== undefined && { database }),
    ...(options.artifacts !== undefined && { artifacts: options.artifacts }),
    allowPrivateWebhooks: options.allowPrivateWebhooks === true,
  });
}

/** A database that goes away once more is waited for; null where nobody wants it any more. */
async function startAgain(
  options: UpOptions,
  interrupted: Promise<'interrupted'>,
): Promise<RunningServer | null> {
  for (;;) {
    try {
      return await start(options);
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'DATABASE_UNREACHABLE') throw error;
      printNote((error as Error).message);
    }
    if ((await Promise.race([interrupted, sleep(startAgainMs)])) === 'interrupted') return null;
  }
}

/** Gives how a person goes on from there. */
async function liveOnce(server: RunningServer, options: UpOptions): Promise<string> {
  if (options.project === undefined) return '';
  const project = await openProject(options.project);
  const { token, folder } = server;
  const { workspaceName } = options;
  const client = clientOf(server);
  const once = options.once === true;
  const startedAt = performance.now();
  // What the life itself makes is not taken for somebody's work.
  const isUsed = !(await isEmpty(client));
  const life = await openLife({ client, token, project, workspace: folder, workspaceName });
  if (!once && isUsed) {
    printNote(
      `The workspace ${folder} is as it was left; --once takes the project through its life again.`,
    );
    return life.goOn;
  }
  const result = await life.run({ once });
  const summary = summarise(result, server, performance.now() - startedAt);
  if (options.json === true) printJsonLine(summary);
  else printResult(`\n${describeSummary(result, summary)}`);
  return life.goOn;
}

async function isEmpty(client: RidgelineClient): Promise<boolean> {
  const found = await Promise.all([
    client.jobs.list({ limit: 1 }),
    client.data.list(),
    client.builds.list({ limit: 1 }),
  ]);
  return found.every(({ length }) => length === 0);
}

function clientOf({ url, token }: RunningServer): RidgelineClient {
  return new RidgelineClient({ url, token });
}

async function serve(
  server: RunningServer,
  goOn: string,
  ends: readonly Promise<'interrupted' | 'lost'>[],
): Promise<'lost' | 'ended'> {
  printNote(await describeServer(server, clientOf(server), goOn));
  if ((await Promise.race(ends)) === 'lost') return 'lost';
  printNote('\nStopping; the workspace stays as it is.');
  return 'ended';
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
  const builds = await clientOf(server).builds.list({ status: 'inProgress', limit: 3 });
  printNote('\nInterrupted; jobs that were under way go on when the server starts again.');
  for (const { id } of builds)
    printNote(
      `What ran of build ${id} has failed; 'ridgeline build rerun ${id}' goes on from there.`,
    );
  await server.close();
  process.exit(130);
}
