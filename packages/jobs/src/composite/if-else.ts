// if_else: says which of its branches runs. The steps of the branches wait for it.
import type { ConditionStep } from '@ridgeline/azureml-yaml';
import { type CompositeActions, endWith, failWith } from './composite.ts';

/** @param text what the condition is worth */
export function nextOfCondition({ name }: ConditionStep, text: string): CompositeActions {
  const value = readBoolean(text);
  if (value === null) {
    const shown = text.length > 60 ? `${text.slice(0, 60).toWellFormed()}…` : text;
    const message = `the condition of step '${name}' is '${shown}'; it must be true or false`;
    return failWith('STEP_INPUT_INVALID', message);
  }
  const decision = `its condition is ${value}`;
  return endWith({ status: 'Completed', result: { kind: 'condition', value }, decision });
}

/** As programs write it: Python's `True` as well. Null for anything else. */
export function readBoolean(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : null;
}
