// The trigger of models: a new version, perhaps once it has some tags, or another version behind an
// alias.
import { randomUUID } from 'node:crypto';
import type { ModelVersion, Workspace } from '@ridgeline/workspace';
import type { ModelTrigger } from '../trigger.ts';
import type { Happening, Watch } from './watch.ts';

export interface ModelCursor {
  /** The greatest version that was seen. */
  readonly seen: number;
  /** Versions that were seen and have not all the tags yet. */
  readonly waiting: readonly number[];
  /** The version behind the alias; null where there was none. */
  readonly aliased: string | null;
  readonly lookedAt: number;
}

const pollMs = 5_000;
/** Of versions that come at once, and of those that wait for their tags. */
const maxVersions = 100;

export function modelWatch({ models }: Workspace): Watch<ModelTrigger, ModelCursor> {
  return {
    async begin(trigger, { now }) {
      const seen = Number((await models.latestVersion(trigger.model))?.version ?? 0);
      const aliased = (await aliasedVersion(models, trigger))?.version ?? null;
      return { seen, waiting: [], aliased, lookedAt: now };
    },

    async look(trigger, cursor, { now }) {
      const lookedAt = now;
      if (trigger.alias === null) return lookAtVersions(models, trigger, { ...cursor, lookedAt });
      const version = await aliasedVersion(models, trigger);
      const happenings =
        version === null || version.version === cursor.aliased
          ? []
          : [aliasMoved(version, trigger.alias, now)];
      return { happenings, cursor: { ...cursor, lookedAt, aliased: version?.version ?? null } };
    },

    wakeAt: (_trigger, { lookedAt }) => lookedAt + pollMs,
  };
}

async function lookAtVersions(
  models: Workspace['models'],
  trigger: ModelTrigger,
  cursor: ModelCursor,
) {
  const latest = Number((await models.latestVersion(trigger.model))?.version ?? 0);
  const last = Math.min(latest, cursor.seen + maxVersions);
  const happenings: Happening[] = [];
  const waiting: number[] = [];
  const fresh = Array.from(
    { length: Math.max(0, last - cursor.seen) },
    (_, i) => cursor.seen + 1 + i,
  );
  for (const number of [...cursor.waiting, ...fresh]) {
    const version = await versionOrNone(() => models.getVersion(trigger.model, number));
    if (version === null) continue;
    if (hasTags(version, trigger)) happenings.push(versionCame(version));
    else waiting.push(number);
  }
  const seen = Math.max(cursor.seen, last);
  return { happenings, cursor: { ...cursor, seen, waiting: waiting.slice(-maxVersions) } };
}

async function aliasedVersion(models: Workspace['models'], { model, alias }: ModelTrigger) {
  if (alias === null) return null;
  return versionOrNone(() => models.getVersionByAlias(model, alias));
}

// A version may be deleted, and an alias or a model may be yet to come.
async function versionOrNone(ask: () => Promise<ModelVersion>): Promise<ModelVersion | null> {
  try {
    return await ask();
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'RESOURCE_DOES_NOT_EXIST' || code === 'INVALID_PARAMETER_VALUE') return null;
    throw error;
  }
}

function hasTags({ tags }: ModelVersion, trigger: ModelTrigger): boolean {
  const wanted = Object.entries(trigger.tags);
  return wanted.every(([key, value]) => tags.some((tag) => tag.key === key && tag.value === value));
}

function versionCame({ name, version, creation_timestamp }: ModelVersion): Happening {
  return {
    key: `model:${version}`,
    dueAt: creation_timestamp,
    reason: `model ${name} has a new version ${version}`,
    facts: { model: name, version },
  };
}

function aliasMoved({ name, version }: ModelVersion, alias: string, now: number): Happening {
  return {
    key: `alias:${randomUUID()}`,
    dueAt: now,
    reason: `alias ${alias} of model ${name} points at version ${version}`,
    facts: { model: name, version },
  };
}
