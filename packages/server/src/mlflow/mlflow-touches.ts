// What MLflow's routes touch, by the names that its messages have for things; where in the request a
// field stands, follows from the route.
import type { Right } from '@ridgeline/workspace';
import { type Touch, type Touches, touch } from '../auth/touch.ts';

export const ofExperiment = (right: Right) => touch(right, 'experiment', 'experiment_id');
export const ofRun = (right: Right) => touch(right, 'run', 'run_id', 'run_uuid');
export const ofModel = (right: Right) => touch(right, 'model', 'name');
export const ofLoggedModel = (right: Right) => touch(right, 'loggedModel', 'model_id');

/** @param inPath the fields that stand in the address. @param place of all others. */
export function placedTouches(
  touches: Touches,
  inPath: ReadonlySet<string>,
  place: 'query' | 'body',
): Touches {
  if (typeof touches === 'string') return touches;
  const placed = (field: string) => `${inPath.has(field) ? 'params' : place}.${field}`;
  return touches.map((each): Touch => ({ ...each, at: each.at.map(placed) }));
}
