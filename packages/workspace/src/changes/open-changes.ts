// The feed of a workspace, joined with those of the other servers that have its database open.
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { ChangeFeed } from './change-feed.ts';
import { ChangePeers } from './change-peers.ts';

export function openChanges(database: WorkspaceDatabase): ChangeFeed {
  const feed = new ChangeFeed({ database });
  const channel = database.channel();
  if (channel !== null) feed.connect(new ChangePeers({ channel, feed }));
  return feed;
}
