// The variables of a stage or job, layer upon layer: the definition's, those given at the start,
// the file's own of pipeline, stage and job, each list in its order with groups where they stand.

import { didYouMean } from '../diagnostic/did-you-mean.ts';
import type { GroupVariable, Pipeline, Stage, Text, VariableEntry } from '../pipeline/pipeline.ts';
import { expandMacros } from './expand-macros.ts';
import { Mistake } from './mistake.ts';
import type { GivenVariables, RunFacts } from './run-facts.ts';
import { define, emptyScope, pin, type VariableScope } from './variable-scope.ts';
import type { VariableValue } from './variable-value.ts';

/** The text of a variable with its `$[ ]` evaluated, from what has been defined before it. */
export type EvaluateVariable = (text: Text, scope: VariableScope) => EvaluatedText;

export interface EvaluatedText {
  readonly text: string;
  /** A secret went into it. */
  readonly secret: boolean;
  /** In a plan: what it depends on; the text is then the expression itself. */
  readonly unknown?: string;
}

export interface VariableLayers {
  readonly pipeline: Pipeline;
  readonly facts: RunFacts;
  readonly stage: Stage;
  /** Variables that the job's own list defines; none for a stage. */
  readonly jobVariables: readonly VariableEntry[];
  /** Of the job itself, such as System.JobName: nothing replaces them. */
  readonly predefined: ReadonlyMap<string, string>;
  /** Of the matrix leg. They stand above the job's own of the same name, whose expressions can
   * read them: a leg would be of no use if the job's defaults hid it. The docs leave it open. */
  readonly leg: readonly (readonly [name: string, value: string])[];
}

export function gatherVariables(layers: VariableLayers, evaluate: EvaluateVariable): VariableScope {
  const { pipeline, facts, stage, jobVariables } = layers;
  const scope = emptyScope();
  for (const [name, value] of layers.predefined) pin(scope, name, fixed(value));
  addGiven(scope, facts.variables);
  for (const [name, value] of layers.leg) pin(scope, name, { ...fixed(value), readonly: false });
  addGiven(scope, facts.definitionVariables ?? new Map());
  addGiven(scope, facts.queueVariables ?? new Map());
  for (const entry of [...pipeline.variables, ...stage.variables, ...jobVariables]) {
    addEntry(scope, entry, facts, evaluate);
  }
  return scope;
}

function fixed(value: string): VariableValue {
  return { value, secret: false, readonly: true };
}

function addGiven(scope: VariableScope, given: GivenVariables): void {
  for (const [name, { value, secret = false, readonly = false }] of given) {
    if (readonly) pin(scope, name, { value, secret, readonly });
    else define(scope, name, { value, secret, readonly });
  }
}

function addEntry(
  scope: VariableScope,
  entry: VariableEntry,
  facts: RunFacts,
  evaluate: EvaluateVariable,
): void {
  if (entry.kind === 'group') addGroup(scope, entry, facts);
  else {
    const { text, ...more } = evaluate(entry.value, scope);
    define(scope, entry.name, { value: text, readonly: entry.readonly, ...more });
  }
}

/** A group cannot replace what is pinned, whatever its variables say of themselves. */
function addGroup(scope: VariableScope, { group }: GroupVariable, facts: RunFacts): void {
  const name = expandMacros(group.text, scope);
  const groups = facts.groups ?? new Map<string, GivenVariables>();
  const found = [...groups].find(([key]) => key.toLowerCase() === name.toLowerCase());
  if (found === undefined) {
    const known = [...groups.keys()];
    throw new Mistake(
      `variable group "${name}" does not exist, or this pipeline may not use it.${didYouMean(name, known)}`,
      group.origin,
    );
  }
  for (const [key, { value, secret = false, readonly = false }] of found[1]) {
    define(scope, key, { value, secret, readonly });
  }
}
