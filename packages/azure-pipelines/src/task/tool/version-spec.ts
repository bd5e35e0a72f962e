// Versions of tools against what a step asks for: `3.x`, `3.9`, `>=3.7 <4`, `20.x`, `latest`.

import { coerce, maxSatisfying, valid, validRange } from 'semver';

/** The highest of the versions that fits; every one fits `latest`. */
export function bestVersion(versions: readonly string[], spec: string): string | undefined {
  const byVersion = new Map(versions.flatMap((version) => pair(version)));
  const range = rangeOf(spec);
  const best = maxSatisfying([...byVersion.keys()], range, {
    includePrerelease: valid(spec) !== null,
  });
  return best === null ? undefined : byVersion.get(best);
}

function pair(version: string): [string, string][] {
  const full = valid(version) ?? coerce(version)?.version;
  return full === undefined || full === null ? [] : [[full, version]];
}

function rangeOf(spec: string): string {
  const text = spec.trim().replace(/^v(?=\d)/, '');
  if (/^(latest|\*|)$/i.test(text)) return '*';
  if (/^lts(\/.*)?$/i.test(text)) return '*';
  return validRange(text) ?? text;
}
