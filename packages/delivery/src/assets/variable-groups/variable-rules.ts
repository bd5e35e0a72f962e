// What the values of a variable group have to look like, where resources are named after them: told
// when they are saved, and not by a deployment an hour later.
import { shorten } from '@ridgeline/azure-pipelines';
import { keyOf } from '../check-words.ts';
import type { Mistakes } from '../mistakes.ts';

/** The group that MLOps projects link; other groups may call anything LOCATION. */
const mlopsGroup = 'devopsforai-aml-vg';

interface Rule {
  readonly pattern: RegExp;
  readonly expected: string;
}

const rules: Readonly<Record<string, Rule>> = {
  BASE_NAME: {
    pattern: /^[A-Za-z0-9]{3,10}$/,
    expected: 'expected 3 to 10 letters and digits, as the names of all resources begin with it',
  },
  LOCATION: {
    pattern: /^\S*$/,
    expected: "expected the region without blanks, such as 'centralus' for 'Central US'",
  },
};

export function checkVariableRules(
  mistakes: Mistakes,
  group: string,
  values: ReadonlyMap<string, string>,
): void {
  if (keyOf(group) !== mlopsGroup) return;
  for (const [name, value] of values) {
    const rule = Object.hasOwn(rules, name.toUpperCase()) ? rules[name.toUpperCase()] : undefined;
    // Variables of other variables are known only when a pipeline runs.
    if (rule === undefined || value.includes('$(') || rule.pattern.test(value)) continue;
    mistakes.add(`the variable ${name} is '${shorten(value)}'; ${rule.expected}`);
  }
}
