// Whether somebody may have a job use what it uses: it writes in its experiment, and takes models in.
import type { JobUses } from '@ridgeline/jobs';
import type { Principal } from '@ridgeline/workspace';
import type { ServerContext } from '../server-context.ts';
import { heldMember } from './held-member.ts';
import { assertMayTouch } from './hold-permissions.ts';
import { type TouchedThing, thingsOf } from './touched-things.ts';

/** Undefined for whom no permission can say no. @throws ServerError PERMISSION_DENIED, when called */
export function mayUse(
  context: ServerContext,
  principal: Principal | null,
): ((uses: JobUses) => Promise<void>) | undefined {
  const member = heldMember(principal);
  if (member === null || member.levels?.size === 0) return undefined;
  return async ({ experimentName, models }) => {
    const experiments = await thingsOf.experimentName(context, experimentName);
    const touched: readonly TouchedThing[] = [
      ...experiments.map((thing) => ({ thing, right: 'update' as const })),
      ...models.map((name) => ({ thing: { kind: 'model', name }, right: 'use' }) as const),
    ];
    for (const each of touched) await assertMayTouch(context, member, each);
  };
}
