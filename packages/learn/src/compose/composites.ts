// The table of composites: fitted models that are made of other fitted models.

import { readBlend } from './blend.ts';
import { readCalibration } from './calibration.ts';
import type { CompositeReader } from './composite-reader.ts';
import { readPipeline } from './pipeline-parts.ts';
import { readStack } from './stack.ts';
import { readTransformedTarget } from './transformed-target.ts';

/** Reader of each composite, by the name that its JSON has in `estimator`. */
export const composites: ReadonlyMap<string, CompositeReader> = new Map([
  ['Blend', readBlend],
  ['Calibration', readCalibration],
  ['Pipeline', readPipeline],
  ['Stack', readStack],
  ['TransformedTarget', readTransformedTarget],
]);
