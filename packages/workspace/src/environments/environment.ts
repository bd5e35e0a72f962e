// An environment as callers see it, and how it is made from its row.
import type { EnvironmentContent, EnvironmentKind } from './environment-content.ts';
import type { EnvironmentsTable } from './environment-tables.ts';
import { nodeDigest } from './node-content.ts';

export interface Environment {
  readonly name: string;
  /** "1", "2", … unless its maker named it. */
  readonly version: string;
  readonly kind: EnvironmentKind;
  /** Of all that it consists of, 64 hexadecimal digits; equal content has an equal digest. */
  readonly digest: string;
  /** Which Python it asks for, such as `==3.11.*`; empty for any, null where it needs none. */
  readonly python: string | null;
  /** What pip installs. */
  readonly requirements: readonly string[];
  /** The R packages that have to be there; null where it needs no R. */
  readonly rPackages: readonly string[] | null;
  readonly image: string | null;
  /** What of its definition was passed over. */
  readonly notes: readonly string[];
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  /** UTC, ISO 8601; null for the one that is built in. */
  readonly createdAt: string | null;
}

/** The environment that every workspace has: the running Node, with this installation's packages. */
export const nodeEnvironment: Environment = {
  name: 'ridgeline-node',
  version: '1',
  kind: 'node',
  digest: nodeDigest,
  python: null,
  requirements: [],
  rPackages: null,
  image: null,
  notes: [],
  description: 'the Node of this server, with the packages and commands of Ridgeline',
  tags: {},
  createdAt: null,
};

export function toEnvironment(row: EnvironmentsTable): Environment {
  const { kind, python, r, image }: EnvironmentContent = JSON.parse(row.content);
  return {
    name: row.name,
    version: row.version,
    kind,
    digest: row.digest,
    python: python?.version.join(',') ?? null,
    requirements: python?.requirements ?? [],
    rPackages: r?.packages ?? null,
    image,
    notes: JSON.parse(row.notes),
    description: row.description,
    tags: JSON.parse(row.tags),
    createdAt: new Date(row.created_at).toISOString(),
  };
}
