// What a change makes of an environment's row, checked as a whole.
import { completeChecks, type EnvironmentResource, shorten } from '@ridgeline/azure-pipelines';
import { environmentKind } from '../asset-kind.ts';
import { changedAssetRow, checkAssetRow } from '../asset-row.ts';
import { assetLimits, checkName, keyOf } from '../check-words.ts';
import { Mistakes } from '../mistakes.ts';
import type { DeliveryEnvironmentChanges } from './delivery-environment.ts';
import type { EnvironmentRow } from './environment-store.ts';

/** @throws DeliveryError DELIVERY_ENVIRONMENT_INVALID with every mistake */
export function changedEnvironment(
  earlier: EnvironmentRow,
  { checks, resources, ...words }: DeliveryEnvironmentChanges,
  now: number,
): EnvironmentRow {
  const row = changedAssetRow(earlier, words, now);
  const mistakes = new Mistakes();
  checkAssetRow(mistakes, environmentKind, row);
  if (resources !== undefined) checkResources(mistakes, resources);
  const complete = checks === undefined ? undefined : completeChecks(mistakes, checks);
  mistakes.throwIfAny(environmentKind.invalid);
  return {
    ...row,
    ...(complete !== undefined && { checks: JSON.stringify(complete) }),
    ...(resources !== undefined && { resources: JSON.stringify(resources) }),
  };
}

function checkResources(mistakes: Mistakes, resources: readonly EnvironmentResource[]): void {
  if (resources.length > assetLimits.entries)
    mistakes.add(`there are ${resources.length} resources; at most ${assetLimits.entries} fit`);
  for (const { name, tags } of resources) {
    checkName(mistakes, 'resource', name);
    if (tags.length > assetLimits.entries)
      mistakes.add(`the resource '${shorten(name)}' has more than ${assetLimits.entries} tags`);
    for (const tag of tags) checkName(mistakes, 'tag', tag);
  }
  for (const [, found] of Map.groupBy(resources, ({ name }) => keyOf(name))) {
    if (found.length > 1)
      mistakes.add(`the resource '${shorten(found[0]?.name ?? '')}' stands twice`);
  }
}
