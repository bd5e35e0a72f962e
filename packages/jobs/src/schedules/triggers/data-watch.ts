// The trigger of files: those under a path of a datastore that are new or changed since the last
// look, told by their path, size and time of change. What goes away does not fire.
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Workspace } from '@ridgeline/workspace';
import { JobError } from '../../errors.ts';
import { ownValue } from '../../own-value.ts';
import type { DataTrigger } from '../trigger.ts';
import type { Watch } from './watch.ts';

/** By the path of each file, its size and the time of its change. */
type Files = Readonly<Record<string, string>>;

export interface DataCursor {
  readonly files: Files;
  readonly lookedAt: number;
}

const maxFiles = 20_000;
const maxNamed = 3;

export function dataWatch({ datastores }: Workspace): Watch<DataTrigger, DataCursor> {
  return {
    async begin(trigger, { now }) {
      return { files: await filesUnder(datastores, trigger.path), lookedAt: now };
    },

    async look(trigger, cursor, { now }) {
      const files = await filesUnder(datastores, trigger.path);
      const changed = Object.keys(files).filter(
        (path) => ownValue(cursor.files, path) !== files[path],
      );
      const [first] = changed;
      const next = { files, lookedAt: now };
      if (first === undefined) return { happenings: [], cursor: next };
      const { datastore } = await datastores.resolveUri(trigger.path);
      const path = `azureml://datastores/${datastore.name}/paths/${first}`;
      const happening = {
        // Each look is an event of its own; that it is looked once, the cursor ensures.
        key: `data:${randomUUID()}`,
        dueAt: now,
        reason: describe(changed, cursor.files),
        facts: { path },
      };
      return { happenings: [happening], cursor: next };
    },

    wakeAt: (trigger, { lookedAt }) => lookedAt + trigger.pollSeconds * 1000,
  };
}

function describe(changed: readonly string[], before: Files): string {
  const words = changed
    .slice(0, maxNamed)
    .map((path) => `${ownValue(before, path) === undefined ? 'new' : 'changed'}: ${path}`);
  const more = changed.length - words.length;
  return [...words, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

async function filesUnder(datastores: Workspace['datastores'], uri: string): Promise<Files> {
  const { datastore, path } = await datastores.resolveUri(uri);
  const files: Array<readonly [string, string]> = [];
  const open = [path];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const entries = await datastore.list(folder);
    if (entries.length === 0) files.push(...(await fileAt(datastore, folder)));
    for (const entry of entries) {
      if (entry.isFolder) open.push(entry.path);
      else files.push(...(await fileAt(datastore, entry.path)));
    }
    if (files.length > maxFiles || open.length > maxFiles) throw tooMany(uri);
  }
  return Object.fromEntries(files);
}

type Store = Workspace['datastores']['default'];

// None where it is gone by now, or is a folder.
async function fileAt(datastore: Store, path: string): Promise<ReadonlyArray<[string, string]>> {
  try {
    const found = await stat(await datastore.localPath(path), { bigint: true });
    return found.isFile() ? [[path, `${found.size} ${found.mtimeNs}`]] : [];
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'ENOENT' || code === 'DATASTORE_FILE_NOT_FOUND') return [];
    throw error;
  }
}

function tooMany(uri: string): JobError {
  const message = `more than ${maxFiles} files lie under ${uri}, too many to watch; name a folder below it`;
  return new JobError('SCHEDULE_INVALID', message);
}
