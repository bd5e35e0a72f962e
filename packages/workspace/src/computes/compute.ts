// A compute as callers see it, and how it is made from its row.
import type { ComputesTable } from './compute-tables.ts';

export const computeKinds = ['local', 'databricks'] as const;
export type ComputeKind = (typeof computeKinds)[number];

export const computeTiers = ['dedicated', 'low_priority'] as const;
export type ComputeTier = (typeof computeTiers)[number];

/** The compute that every workspace has: this machine. */
export const localComputeName = 'local';

/** What its maker decides. */
export interface ComputeSettings {
  readonly kind: ComputeKind;
  /** Azure's size of a node, kept and without effect on a local compute; null where none is named. */
  readonly size: string | null;
  /** 0 to `maxInstances`. */
  readonly minInstances: number;
  /** 0 to 1,000: how many steps run at once. With 0, steps wait until it is raised. */
  readonly maxInstances: number;
  /** How long a node stays without work; kept, and without effect on a local compute. */
  readonly idleSeconds: number;
  readonly tier: ComputeTier;
  /** What its kind needs to know; empty for `local`. Never a secret, only the name of one. */
  readonly properties: Readonly<Record<string, string>>;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Compute extends ComputeSettings {
  readonly name: string;
  readonly state: 'Succeeded';
  /** UTC, ISO 8601; null for 'local', which was always there. */
  readonly createdAt: string | null;
}

/** @param slots how many steps run at once on this machine. */
export function localCompute(slots: number): Compute {
  return {
    name: localComputeName,
    kind: 'local',
    size: null,
    minInstances: 0,
    maxInstances: slots,
    idleSeconds: 0,
    tier: 'dedicated',
    properties: {},
    description: 'this machine',
    tags: {},
    state: 'Succeeded',
    createdAt: null,
  };
}

export function toCompute(row: ComputesTable): Compute {
  return {
    name: row.name,
    kind: row.kind,
    size: row.size,
    minInstances: row.min_instances,
    maxInstances: row.max_instances,
    idleSeconds: row.idle_seconds,
    tier: row.tier,
    properties: JSON.parse(row.properties),
    description: row.description,
    tags: JSON.parse(row.tags),
    state: 'Succeeded',
    createdAt: new Date(row.created_at).toISOString(),
  };
}

export function settingsRow(settings: ComputeSettings) {
  return {
    kind: settings.kind,
    size: settings.size,
    min_instances: settings.minInstances,
    max_instances: settings.maxInstances,
    idle_seconds: settings.idleSeconds,
    tier: settings.tier,
    properties: JSON.stringify(settings.properties),
    description: settings.description,
    tags: JSON.stringify(settings.tags),
  };
}
