// Steps as the final YAML has them: tasks all, but for the checkout, whose task has no name.

import { isCheckout, isDownload, type Step, type StepTarget } from '../step.ts';
import {
  list,
  listUnlessEmpty,
  mapping,
  namesUnlessEmpty,
  type Written,
} from './final-document.ts';

/** `implicit`: what a reader of the steps would add, and has to be told not to where they lack it. */
export function writtenSteps(
  steps: readonly Step[],
  implicit: 'checkout' | 'downloads' | undefined,
): Written {
  const lacksCheckout = implicit === 'checkout' && !steps.some(isCheckout);
  const lacksDownload =
    implicit === 'downloads' && !steps.some(({ task }) => isDownload(task.name));
  return list([
    ...(lacksCheckout ? [mapping([['checkout', 'none']])] : []),
    ...(lacksDownload ? [mapping([['download', 'none']])] : []),
    ...steps.map(writtenStep),
  ]);
}

function writtenStep(step: Step): Written {
  const { origin } = step;
  return mapping(
    [
      ...taskKeys(step),
      ['name', step.hasOwnName ? step.refName : undefined],
      ['displayName', step.displayName],
      ['condition', step.condition],
      ['continueOnError', step.continueOnError],
      ['timeoutInMinutes', step.timeoutInMinutes],
      ['retryCountOnTaskFailure', step.retryCountOnTaskFailure],
      ['target', step.target && writtenTarget(step.target)],
      ['env', namesUnlessEmpty(step.env)],
      ['inputs', isCheckout(step) ? undefined : namesUnlessEmpty(step.inputs)],
    ],
    origin,
  );
}

function taskKeys(step: Step) {
  const { task, inputs, origin } = step;
  if (!isCheckout(step)) {
    return [['task', { text: `${task.name}@${task.version}`, origin }]] as const;
  }
  const options = [...inputs].filter(([name]) => name !== 'repository');
  return [['checkout', inputs.get('repository') ?? 'self'] as const, ...options];
}

function writtenTarget({ container, commands, settableVariables }: StepTarget): Written {
  const settable = settableVariables && (listUnlessEmpty(settableVariables) ?? 'none');
  return mapping([
    ['container', container],
    ['commands', commands],
    ['settableVariables', settable],
  ]);
}
