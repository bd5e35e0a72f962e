// How composites are read: each reads its own fields and hands its parts back to the reader of models.

import type { FittedModel } from '../estimator/estimator.ts';

/** @param what the name of the field in error messages. */
export type ChildReader = (json: unknown, what: string) => FittedModel;

/** @throws LearnError MODEL_INVALID naming the field that is wrong. */
export type CompositeReader = (
  fields: Readonly<Record<string, unknown>>,
  readChild: ChildReader,
) => FittedModel;
