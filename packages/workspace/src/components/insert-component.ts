// Adds a version of a component, within a transaction of the caller.
import type { Transaction } from 'kysely';
import { nextVersion } from '../checks/next-version.ts';
import { RidgelineError } from '../errors.ts';
import type { SummaryRow } from './component.ts';
import type { ComponentFacts } from './component-facts.ts';
import type { ComponentsTable, ComponentTables } from './component-tables.ts';
import type { CheckedComponent } from './new-component.ts';
import { earlierRows } from './read-components.ts';

export interface ExaminedComponent extends CheckedComponent, ComponentFacts {
  readonly createdAt: number;
}

/** The version made, or the equal one made before. @throws RidgelineError RESOURCE_ALREADY_EXISTS */
export async function insertComponent(
  writer: Transaction<ComponentTables>,
  component: ExaminedComponent,
): Promise<{ readonly version: string; readonly created: boolean }> {
  const earlier = await earlierRows(writer, component.name);
  const same = sameVersion(earlier, component);
  if (same !== undefined) return { version: equalOrRefused(same, component), created: false };
  const version = component.version ?? nextVersion(earlier.map((row) => row.version));
  const position = 1 + (earlier[0]?.position ?? 0);
  await writer
    .insertInto('components')
    .values({ ...rowOf(component), version, position })
    .execute();
  return { version, created: true };
}

function sameVersion(earlier: readonly SummaryRow[], { version, digest }: ExaminedComponent) {
  if (version !== null) return earlier.find((row) => row.version === version);
  // Only the latest: registering an older content again makes it the latest once more.
  return earlier[0]?.digest === digest ? earlier[0] : undefined;
}

function equalOrRefused(row: SummaryRow, { digest }: ExaminedComponent): string {
  if (row.digest === digest) return row.version;
  throw new RidgelineError(
    'RESOURCE_ALREADY_EXISTS',
    `component '${row.name}' already has a version '${row.version}' with other content; ` +
      'name another version, or leave it out to get the next number',
  );
}

function rowOf(component: ExaminedComponent): Omit<ComponentsTable, 'version' | 'position'> {
  return {
    name: component.name,
    type: component.type,
    display_name: component.displayName,
    description: component.description,
    tags: JSON.stringify(component.tags),
    text: component.text,
    file_name: component.fileName,
    code: JSON.stringify(component.code),
    components: JSON.stringify(component.components),
    digest: component.digest,
    created_at: component.createdAt,
  };
}
