// The version that an asset gets when its maker names none.

/** One more than the highest whole number; versions with names of their own do not count. */
export function nextVersion(earlier: readonly string[]): string {
  const numbers = earlier.flatMap((version) => (/^\d+$/.test(version) ? [BigInt(version)] : []));
  const highest = numbers.toSorted((a, b) => (a < b ? -1 : 1)).at(-1) ?? 0n;
  return String(highest + 1n);
}
