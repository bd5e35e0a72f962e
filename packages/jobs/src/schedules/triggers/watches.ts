// The watch of each kind of trigger.
import type { Workspace } from '@ridgeline/workspace';
import type { Kysely } from 'kysely';
import type { ScheduleTables } from '../schedule-tables.ts';
import type { Trigger } from '../trigger.ts';
import { buildWatch } from './build-watch.ts';
import { clockWatch } from './clock-watch.ts';
import { dataWatch } from './data-watch.ts';
import { jobWatch } from './job-watch.ts';
import { modelWatch } from './model-watch.ts';
import type { Happening, Watch, WatchContext } from './watch.ts';

/** A watch on one trigger; how far it has looked is JSON. */
export interface BoundWatch {
  begin(context: WatchContext): Promise<string>;
  look(cursor: string, context: WatchContext): Promise<BoundLook>;
  wakeAt(cursor: string, now: number): number | null;
}

export interface BoundLook {
  readonly happenings: readonly Happening[];
  readonly cursor: string;
}

export type Watches = (trigger: Trigger) => BoundWatch;

export function watchesOn(workspace: Workspace, tables: Kysely<ScheduleTables>): Watches {
  const data = dataWatch(workspace);
  const model = modelWatch(workspace);
  const job = jobWatch(tables);
  return (trigger) => {
    switch (trigger.type) {
      case 'cron':
      case 'recurrence':
        return bind(clockWatch, trigger);
      case 'data':
        return bind(data, trigger);
      case 'model':
        return bind(model, trigger);
      case 'job':
        return bind(job, trigger);
      case 'build':
        return bind(buildWatch, trigger);
    }
  };
}

// Only a watch itself writes the cursors that it reads.
function bind<Trigger, Cursor>(watch: Watch<Trigger, Cursor>, trigger: Trigger): BoundWatch {
  const read = (cursor: string): Cursor => JSON.parse(cursor);
  return {
    begin: async (context) => JSON.stringify(await watch.begin(trigger, context)),
    look: async (cursor, context) => {
      const looked = await watch.look(trigger, read(cursor), context);
      return { happenings: looked.happenings, cursor: JSON.stringify(looked.cursor) };
    },
    wakeAt: (cursor, now) => watch.wakeAt(trigger, read(cursor), now),
  };
}
