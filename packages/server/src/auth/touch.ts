// What a route touches, as data beside its access level: which experiment, run or model of its input,
// and what it does there. A route that says nothing is closed to whoever may not have the whole workspace.
import type { Right } from '@ridgeline/workspace';
import type { Access } from './access.ts';

/**
 * What the text in the input is: `run` is the id of a run, a job or a logged model,
 * `artifactPath` a path of MLflow's proxy
 * and `artifactFolder` that of the folder around, `modelVersion` a `name:version`, and
 * `modelSource` where a version's files are. An `endpoint` is worth the models behind it.
 */
export type TouchKind =
  | 'experiment'
  | 'experimentName'
  | 'run'
  | 'loggedModel'
  | 'artifactPath'
  | 'artifactFolder'
  | 'model'
  | 'modelVersion'
  | 'modelSource'
  | 'endpoint';

export interface Touch {
  readonly right: Right;
  readonly kind: TouchKind;
  /** Ways through the request, such as `body.metrics.model_id`; lists on the way are gone through. */
  readonly at: readonly string[];
  /** What it is where the request does not say. */
  readonly otherwise?: string;
}

/**
 * `none`: nothing of an experiment or a registered model. `leavesOut`: the answer leaves out what may
 * not be read. `handled`: the handler asks itself, once it has found out what is touched. `workspace`: it
 * cannot be told apart, as where code runs that is held to nobody's permissions.
 */
export type Touches = readonly Touch[] | 'none' | 'leavesOut' | 'handled' | 'workspace';

export function touch(right: Right, kind: TouchKind, ...at: readonly string[]): Touch {
  return { right, kind, at };
}

function accesses<T extends Touches>(touches: T) {
  const of = <A extends Access>(access: A) => ({ config: { access, touches } }) as const;
  return {
    reader: of('reader'),
    readerOrStep: of('readerOrStep'),
    contributor: of('contributor'),
    contributorOrStep: of('contributorOrStep'),
  } as const;
}

export const untouched = accesses('none');
export const leavingOut = accesses('leavesOut');
export const handled = accesses('handled');
export const ofWorkspace = accesses('workspace');

export function touching(...touches: readonly Touch[]) {
  return accesses(touches);
}
