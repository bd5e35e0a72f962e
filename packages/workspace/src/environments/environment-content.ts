// What an environment consists of, in one normal form: two definitions that mean the same have the
// same content, and the same digest, by which a made environment is found again.
import { createHash } from 'node:crypto';
import type { VersionRule } from './version-rule.ts';

/** `node`: the curated one only. `r`: may bring Python, too. `image`: a container image. */
export type EnvironmentKind = 'node' | 'python' | 'r' | 'image';

export interface PythonContent {
  /** All of these hold for the interpreter; empty for any. */
  readonly version: readonly VersionRule[];
  /** As pip reads them, sorted; options of pip come first. */
  readonly requirements: readonly string[];
}

export interface RContent {
  readonly version: readonly VersionRule[];
  /** Names of CRAN packages in lower case, as conda has them; sorted. */
  readonly packages: readonly string[];
}

export interface EnvironmentContent {
  readonly kind: EnvironmentKind;
  readonly python: PythonContent | null;
  readonly r: RContent | null;
  /** For the kind `image` only: elsewhere an image is the base of what is not run in a container. */
  readonly image: string | null;
}

/** 64 hexadecimal digits. */
export function contentDigest(content: EnvironmentContent): string {
  const { kind, python, r, image } = content;
  return sha256([
    kind,
    python && [python.version, python.requirements],
    r && [r.version, r.packages],
    image,
  ]);
}

/** Of plain data in which the order of everything is settled. */
export function sha256(data: unknown): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex');
}
