// Package feeds outside, by service connections. Feeds of Azure Artifacts have no counterpart here.

import { connectionOf } from '../connection-of.ts';
import { connectionValue, type ServiceConnection } from '../service-connection.ts';
import type { TaskContext } from '../task.ts';
import { TaskFailure } from '../task-outcome.ts';

export interface Feed {
  readonly name: string;
  readonly url: URL;
  readonly user: string;
  readonly password: string;
}

/** The feeds of the connections that an input lists, with commas between. */
export async function feedsOf(context: TaskContext, input: string): Promise<readonly Feed[]> {
  const names = (context.input(input) ?? '').split(',').map((name) => name.trim());
  const feeds: Feed[] = [];
  for (const name of names.filter((one) => one !== '')) {
    const one = { host: context.host, requiredInput: () => name };
    feeds.push(feedOf(context, await connectionOf(one, input)));
  }
  return feeds;
}

function feedOf(context: TaskContext, connection: ServiceConnection): Feed {
  const { name, url = '' } = connection;
  if (!URL.canParse(url)) {
    throw new TaskFailure(
      `The service connection '${name}' has the address '${url}', which is no URL`,
    );
  }
  const token = connectionValue(connection, 'apitoken');
  const password = token ?? connectionValue(connection, 'password');
  if (password === undefined || password === '') {
    throw new TaskFailure(`The service connection '${name}' has neither a token nor a password`);
  }
  context.variables.addSecret(password);
  // Feeds that take a token take it behind any name.
  const user = connectionValue(connection, 'username') ?? 'build';
  return { name, url: new URL(url), user, password };
}

/** Fails where a step asks for a feed of Azure Artifacts. */
export function refuseArtifactsFeed(context: TaskContext, input: string): void {
  const feed = context.input(input);
  if (feed === undefined) return;
  throw new TaskFailure(
    `'${input}' is '${feed}', a feed of Azure Artifacts, which is not reachable here. Give a service connection to a feed instead.`,
  );
}
