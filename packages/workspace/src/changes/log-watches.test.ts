import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import { useTemporaryDatabase } from '../database/temporary-database.fixture.ts';
import { ChangeFeed } from './change-feed.ts';
import { LogWatches, type WatchedLog } from './log-watches.ts';

const temporary = useTemporaryDatabase();
const buildId = '7';

it('the growth of logs is told while somebody follows, and no longer', async () => {
  const feed = new ChangeFeed({ database: temporary.database });
  const file = path.join(temporary.folder, 'step', 'log');
  const change = (sizeBytes: number) => ({ kind: 'log', buildId, log: 1, sizeBytes }) as const;
  let logs: readonly WatchedLog[] = [];
  const filterOf = () => ({ buildId, kinds: new Set(['build'] as const) });
  const watches = new LogWatches({ feed, logsOf: async () => logs, filterOf });
  const reader = feed.read();
  const sizes: number[] = [];
  const told = async (size: number) => {
    await vi.waitFor(async () => {
      for (const { change: each } of reader.next())
        if (each?.kind === 'log') sizes.push(each.sizeBytes);
      expect(sizes.at(-1)).toBe(size);
    });
  };

  const ends = [watches.follow(buildId), watches.follow(buildId)];
  logs = [{ file, change }];
  feed.publish({ kind: 'build', buildId });
  await mkdir(path.dirname(file));
  await writeFile(file, 'one');
  await told(3);
  await appendFile(file, 'two');
  await told(6);
  // Of two who follow the second one still does.
  ends[0]?.();
  ends[0]?.();
  await appendFile(file, '!');
  await told(7);
  expect(sizes).toEqual([...new Set(sizes)]);
  logs = [];
  feed.publish({ kind: 'build', buildId });
  await rm(file);
  ends[1]?.();
  reader.close();
  await vi.waitFor(() => expect(feed.readerCount).toBe(0));
  await feed.close();
});
