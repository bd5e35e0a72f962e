// What a job demands of its agent: `X`, `X -equals value`, `X -gtVersion 1.2`, in any case of letters.
import type { JobRun } from '@ridgeline/azure-pipelines';

export type Capabilities = Readonly<Record<string, string>>;

/** The first demand that is not met. */
export function unmetDemand(
  demands: readonly string[],
  capabilities: Capabilities,
): string | undefined {
  const known = new Map(
    Object.entries(capabilities).map(([name, value]) => [name.toLowerCase(), value] as const),
  );
  return demands.find((demand) => !isMet(demand, known));
}

/** Of jobs that run on agents. */
export function demandsOf({ pool }: JobRun): readonly string[] {
  return pool.kind === 'agent' ? pool.demands : [];
}

function isMet(demand: string, known: ReadonlyMap<string, string>): boolean {
  const [, name = '', operator, wanted = ''] =
    /^\s*(.*?)(?:\s+-(equals|gtVersion)\s+(.*?))?\s*$/is.exec(demand) ?? [];
  const value = known.get(name.toLowerCase());
  if (value === undefined) return false;
  if (operator === undefined) return true;
  if (operator.toLowerCase() === 'equals') return value.toLowerCase() === wanted.toLowerCase();
  return compareVersions(value, wanted) > 0;
}

/** By their numbers; one that is shorter is filled up with zeros. */
export function compareVersions(left: string, right: string): number {
  const [one, other] = [left, right].map((text) =>
    text.split(/[.-]/).map((part) => Number.parseInt(part, 10) || 0),
  );
  const length = Math.max(one?.length ?? 0, other?.length ?? 0);
  for (let index = 0; index < length; index++) {
    const difference = (one?.[index] ?? 0) - (other?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
