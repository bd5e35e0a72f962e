// A component as callers see it: a step's definition under a name and a version, with its code.
import type { ComponentsTable } from './component-tables.ts';

/** The text of a component file, as the parser of jobs takes it. */
export interface ComponentText {
  readonly text: string;
  readonly fileName: string;
  /** What `code` paths of the text are relative to. */
  readonly codeBase: string;
}

export interface ComponentSummary {
  readonly name: string;
  /** "1", "2", … unless its maker named it. */
  readonly version: string;
  /** `command`, `pipeline`, `parallel` and so on, as its definition says. */
  readonly type: string;
  readonly displayName: string | null;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  /** SHA-256 of text, code and components: what a step of it does. */
  readonly digest: string;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
}

export interface Component extends ComponentSummary {
  readonly text: string;
  readonly fileName: string;
  /** The id of the code for each path that the text and its components name. */
  readonly code: Readonly<Record<string, string>>;
  /** The component files that the text names, by reference. */
  readonly components: Readonly<Record<string, ComponentText>>;
}

/** All but what can be large. */
export const summaryColumns = [
  'name',
  'version',
  'position',
  'type',
  'display_name',
  'description',
  'tags',
  'digest',
  'created_at',
] as const satisfies readonly (keyof ComponentsTable)[];

export type SummaryRow = Pick<ComponentsTable, (typeof summaryColumns)[number]>;

export function toSummary(row: SummaryRow): ComponentSummary {
  return {
    name: row.name,
    version: row.version,
    type: row.type,
    displayName: row.display_name,
    description: row.description,
    tags: JSON.parse(row.tags),
    digest: row.digest,
    createdAt: new Date(row.created_at).toISOString(),
  };
}

export function toComponent(row: ComponentsTable): Component {
  return {
    ...toSummary(row),
    text: row.text,
    fileName: row.file_name,
    code: JSON.parse(row.code),
    components: JSON.parse(row.components),
  };
}
