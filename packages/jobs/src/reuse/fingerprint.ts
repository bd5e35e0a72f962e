// What the result of a step depends on, part by part, and as one digest.
import { createHash } from 'node:crypto';

/** What a part is: compared by `is`, and said to people as `shown`, where it can be. */
export interface Part {
  readonly is: string;
  readonly shown: string | null;
}

export interface FingerprintParts {
  readonly code: Part;
  readonly command: Part;
  readonly environment: Part;
  readonly variables: Readonly<Record<string, Part>>;
  readonly inputs: Readonly<Record<string, Part>>;
  /** The type of each. */
  readonly outputs: Readonly<Record<string, Part>>;
}

const maxShownLength = 60;

/** A part that people may read; a long one is compared by its digest. */
export function shownPart(text: string): Part {
  return text.length <= maxShownLength ? { is: text, shown: text } : hiddenPart(text);
}

/** A part of which only its digest is kept: it may be long, or a secret. */
export function hiddenPart(text: string): Part {
  return { is: sha256(text), shown: null };
}

/** 64 hexadecimal digits. */
export function fingerprintOf(parts: FingerprintParts): string {
  return sha256(canonical(parts));
}

/** JSON in which the order of names means nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => {
    if (key === 'shown') return undefined;
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
