// All tables of delivery, and the migrations that make them, a file each. Which of them a part of
// the package uses, that part says itself.
import type { Migration } from '@ridgeline/workspace';
import type { AgentTables } from './agent-tables.ts';
import { agentsMigration } from './agents-migration.ts';
import type { AssetTables } from './asset-tables.ts';
import { assetsMigration } from './assets-migration.ts';
import type { BuildTables } from './build-tables.ts';
import { buildsMigration } from './builds-migration.ts';
import { secureFilesMigration } from './secure-files-migration.ts';
import { startsMigration } from './starts-migration.ts';
import type { TriggerTables } from './trigger-tables.ts';
import { triggersMigration } from './triggers-migration.ts';

type Tables = AgentTables & AssetTables & BuildTables & TriggerTables;
// Interfaces have no index signature, and the database wants one.
export type DeliveryTables = { readonly [Name in keyof Tables]: Tables[Name] };

export const deliveryMigrations: readonly Migration[] = [
  assetsMigration,
  buildsMigration,
  triggersMigration,
  secureFilesMigration,
  startsMigration,
  agentsMigration,
];
