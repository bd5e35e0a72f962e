// What a commit message says to start no run of a push. Pull requests take no notice of it.

const markers = [
  '[skip ci]',
  '[ci skip]',
  'skip-checks: true',
  'skip-checks:true',
  '[skip azurepipelines]',
  '[azurepipelines skip]',
  '[skip azpipelines]',
  '[azpipelines skip]',
  '[skip azp]',
  '[azp skip]',
  '***no_ci***',
] as const;

/** The marker in a message, if there is one. */
export function skipMarkerIn(message: string): string | undefined {
  const lower = message.toLowerCase();
  return markers.find((marker) => lower.includes(marker));
}
