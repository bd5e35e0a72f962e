// Findings of a build that several of its jobs may have at once, each in its turn.
import type { Change } from '../store/build-store.ts';

const turns = new Map<number, Promise<unknown>>();

/** Files of findings are numbered: two jobs must not take the same number. */
export async function inTurn(buildId: number, work: () => Promise<void>): Promise<void> {
  const mine = (turns.get(buildId) ?? Promise.resolve()).then(work);
  const settled = mine.catch(() => undefined);
  turns.set(buildId, settled);
  try {
    await mine;
  } finally {
    if (turns.get(buildId) === settled) turns.delete(buildId);
  }
}

export function addTag(buildId: number, tag: string): Change {
  return async (tables) => {
    const query = tables.selectFrom('builds').select('tags').where('build_id', '=', buildId);
    const tags = JSON.parse((await query.executeTakeFirstOrThrow()).tags) as readonly string[];
    if (tags.some((one) => one.toLowerCase() === tag.toLowerCase())) return;
    const update = tables.updateTable('builds').set({ tags: JSON.stringify([...tags, tag]) });
    await update.where('build_id', '=', buildId).execute();
  };
}

export function addIssue(buildId: number, message: string): Change {
  return async (tables) => {
    const query = tables.selectFrom('builds').select('issues').where('build_id', '=', buildId);
    const issues = JSON.parse((await query.executeTakeFirstOrThrow()).issues) as readonly unknown[];
    const all = JSON.stringify([...issues, { type: 'error', message }]);
    const update = tables.updateTable('builds').set({ issues: all });
    await update.where('build_id', '=', buildId).execute();
  };
}
