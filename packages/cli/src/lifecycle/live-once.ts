// The first life of a project, in a workspace that nobody has used: what `ridgeline up --project` does.
import { RidgelineClient } from '@ridgeline/client';
import type { RunningServer } from '@ridgeline/server';
import { printJsonLine, printNote, printResult } from '../output/print.ts';
import type { UpOptions } from '../up/up-options.ts';
import { openLife } from './lifecycle.ts';
import { openProject } from './project.ts';
import { describeSummary, summarise } from './summary.ts';

/** Gives how a person goes on from there. */
export async function liveOnce(server: RunningServer, options: UpOptions): Promise<string> {
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

export function clientOf({ url, token }: RunningServer): RidgelineClient {
  return new RidgelineClient({ url, token });
}
