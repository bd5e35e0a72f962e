// Where in a pipeline templates and variables can stand. Everything else is a plain value, whose
// meaning this pass does not know.

export type TemplateKind = 'steps' | 'jobs' | 'stages' | 'variables';

export type Place =
  | { readonly kind: 'value' }
  /** Taken as it stands: no expressions. */
  | { readonly kind: 'verbatim' }
  | { readonly kind: 'variables' }
  /** The keys that are more than plain values. */
  | { readonly kind: 'fields'; readonly fields: ReadonlyMap<string, Place> }
  | { readonly kind: 'list'; readonly template: ListKind; readonly item: Place };

export type ListKind = Exclude<TemplateKind, 'variables'>;

export const valuePlace: Place = { kind: 'value' };
const verbatim: Place = { kind: 'verbatim' };
const variables: Place = { kind: 'variables' };
const fields = (places: Readonly<Record<string, Place>>): Place => ({
  kind: 'fields',
  fields: new Map(Object.entries(places)),
});

export const stepsPlace: Place = { kind: 'list', template: 'steps', item: valuePlace };

const hook = fields({ steps: stepsPlace });
const hooks = fields({
  preDeploy: hook,
  deploy: hook,
  routeTraffic: hook,
  postRouteTraffic: hook,
  on: fields({ success: hook, failure: hook }),
});
const strategy = fields({ runOnce: hooks, rolling: hooks, canary: hooks });

/** A job, or a deployment. */
export const jobPlace = fields({ variables, steps: stepsPlace, strategy });
export const jobsPlace: Place = { kind: 'list', template: 'jobs', item: jobPlace };
/** `phases` is what `jobs` once was called. */
export const stagePlace = fields({ variables, jobs: jobsPlace, phases: jobsPlace });
export const stagesPlace: Place = { kind: 'list', template: 'stages', item: stagePlace };

export const rootPlaces: ReadonlyMap<string, Place> = new Map([
  ['trigger', verbatim],
  ['pr', verbatim],
  ['schedules', verbatim],
  ['variables', variables],
  ['stages', stagesPlace],
  ['jobs', jobsPlace],
  ['phases', jobsPlace],
  ['steps', stepsPlace],
  ['strategy', strategy],
]);

/** Keys that only the main file can have. */
export const mainOnlyKeys: ReadonlySet<string> = new Set(['name', 'trigger', 'pr', 'schedules']);
