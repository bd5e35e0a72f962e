// The condition of a stage or job that has none, or an empty one.

import type { Text } from '../pipeline/pipeline.ts';
import type { Origin } from '../text/origin.ts';

export function impliedCondition(of: { readonly condition?: Text; readonly origin: Origin }): Text {
  const { condition, origin } = of;
  const isWritten = condition !== undefined && condition.text.trim() !== '';
  return isWritten ? condition : { text: 'succeeded()', origin };
}
