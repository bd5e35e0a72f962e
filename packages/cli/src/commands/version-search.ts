// The question for model versions by the name of their model, by tags, or by both; the newest first.
import type { MlflowModelSearch } from '@ridgeline/client';

/** @param tags each of which a version has to carry. */
export function versionSearch(
  name: string | undefined,
  tags: Readonly<Record<string, string>> = {},
): MlflowModelSearch {
  const byName = name === undefined ? [] : [`name = ${quote(name)}`];
  const byTags = Object.entries(tags).map(
    ([key, value]) => `tags.\`${key.replaceAll('`', '``')}\` = ${quote(value)}`,
  );
  const order_by = name === undefined ? ['creation_timestamp DESC'] : ['version_number DESC'];
  return { filter: [...byName, ...byTags].join(' and '), order_by };
}

/** Within quotes, a quote written twice stands for one. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
