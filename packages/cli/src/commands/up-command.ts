// `ridgeline up`: a server for one workspace, and a first life for the project that comes with it.
import type { RunningServer } from '@ridgeline/server';
import { Command } from 'commander';
import { withWorkspace } from '../connection/common-options.ts';
import { printNote } from '../output/print.ts';
import { nextInterrupt, runServer } from '../up/run-server.ts';
import { start, startAgain } from '../up/start-server.ts';
import type { UpOptions } from '../up/up-options.ts';
import { collectName, parseInteger } from './option-values.ts';

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
      while (server !== null && (await runServer(server, options, interrupted)) === 'lost') {
        printNote(
          '\nAnother server has taken over, or the database was away for long; starting again.',
        );
        server = await startAgain(again, interrupted);
      }
    });
}
