// What is there when a pipeline's repository is first looked at: none of it counts.
import type { FirstSight } from '../store/put-watch.ts';
import { tipOf } from './published-refs.ts';
import type { Watched } from './watched.ts';

export async function firstSight(watched: Watched): Promise<FirstSight> {
  const { pipeline, heads, pulls, view } = watched;
  // Where no head is published, a merge that is made anew must not pass for a new head.
  const merges = [...pulls.values()].flatMap(({ head, merge }) =>
    head === undefined && merge !== undefined ? [merge] : [],
  );
  const parents = await view.parentsOf(merges);
  const seen = [...pulls].map(([number, pull]) => {
    const head = pull.head ?? parents.get(pull.merge ?? '')?.[1] ?? '';
    return [number, { tip: tipOf(pull), decided: head }] as const;
  });
  return { repository: pipeline.repository.location, heads, pulls: new Map(seen) };
}
