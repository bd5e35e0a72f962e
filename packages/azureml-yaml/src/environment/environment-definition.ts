// What a step's program needs around it, as Azure ML's `environment` files say it.
import type { PlainValue } from '../text/plain-value.ts';

/** `path`: as written, relative to the file. `data`: the conda file itself, written inline. */
export type CondaFile =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'inline'; readonly data: { readonly [key: string]: PlainValue } };

export interface EnvironmentDefinition {
  readonly name: string;
  /** Null: the workspace takes the next one. */
  readonly version: string | null;
  readonly description: string | null;
  readonly tags: ReadonlyMap<string, string>;
  readonly image: string | null;
  readonly condaFile: CondaFile | null;
  /** A folder with a Dockerfile, as written. */
  readonly build: { readonly path: string; readonly dockerfilePath: string | null } | null;
}
