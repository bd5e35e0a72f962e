// What a permission is on, and how it is told.
import type { Permission } from './permission.ts';

/** An experiment by its id, or a registered model by its name. */
export type Thing =
  | { readonly kind: 'experiment'; readonly id: string }
  | { readonly kind: 'model'; readonly name: string };

/** A permission of a person on a thing. */
export interface Grant {
  readonly user: { readonly id: string; readonly name: string };
  /** What it is called: an experiment by its name, too. */
  readonly thing: Thing & { readonly name: string };
  readonly permission: Permission;
}

/** What a person may not read. */
export interface HiddenThings {
  readonly experimentIds: ReadonlySet<string>;
  readonly modelNames: ReadonlySet<string>;
}

export const nothingHidden: HiddenThings = { experimentIds: new Set(), modelNames: new Set() };

/** `experiment 7`, `model diabetes` */
export function describeThing(thing: Thing): string {
  return thing.kind === 'experiment' ? `experiment ${thing.id}` : `model ${thing.name}`;
}
