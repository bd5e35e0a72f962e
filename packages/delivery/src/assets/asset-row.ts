// What the rows of all kinds of assets have: a name, a description, by whom and when.
import { randomUUID } from 'node:crypto';
import type { AssetRow } from '../database/asset-tables.ts';
import type { AssetKind } from './asset-kind.ts';
import { checkName, checkText, keyOf } from './check-words.ts';
import type { Mistakes } from './mistakes.ts';

/** Of a change; what is left out stays. */
export interface AssetWords {
  readonly name?: string;
  readonly description?: string;
}

export function newId(): string {
  return randomUUID().replaceAll('-', '');
}

export function newAssetRow(name: string, by: string, now: number): AssetRow {
  return {
    name: name.normalize('NFC'),
    name_key: keyOf(name),
    description: '',
    created_by: by,
    created_at: now,
    updated_at: now,
  };
}

export function changedAssetRow<Row extends Readonly<AssetRow>>(
  row: Row,
  { name = row.name, description = row.description }: AssetWords,
  now: number,
): Row {
  const words = { name: name.normalize('NFC'), name_key: keyOf(name), description };
  return { ...row, ...words, updated_at: now };
}

export function checkAssetRow(
  mistakes: Mistakes,
  { what }: AssetKind,
  { name, description }: Readonly<AssetRow>,
): void {
  checkName(mistakes, what, name);
  checkText(mistakes, 'description', description);
}

export function describeAssetRow(row: Readonly<AssetRow>) {
  return {
    name: row.name,
    description: row.description,
    createdBy: row.created_by,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}
