// Rules for versions, such as `>=3.9` or `==3.11.*`, written as pip writes them. Used for what must
// be there already (Python, R); of packages, pip judges by itself.

/** Such as `>=1.5` or `==1.5.*`. */
export type VersionRule = string;

const rulePattern = /^(==|!=|>=|<=|>|<|~=)(\d+(?:\.\d+)*)(\.\*)?$/;

/** Whether a version such as `3.11.7` meets all rules. One that is no rule of numbers is not met. */
export function meetsRules(version: string, rules: readonly VersionRule[]): boolean {
  return rules.every((rule) => meetsRule(partsOf(version), rule));
}

function meetsRule(version: readonly number[], rule: VersionRule): boolean {
  const [, operator, text = '', star] = rulePattern.exec(rule) ?? [];
  const wanted = partsOf(text);
  // `==3.11.*` looks at no more than it names.
  const seen = star === undefined ? version : version.slice(0, wanted.length);
  const order = compare(seen, wanted);
  if (operator === '==') return order === 0;
  if (operator === '!=') return order !== 0;
  if (operator === '>=') return order >= 0;
  if (operator === '<=') return order <= 0;
  if (operator === '>') return order > 0;
  if (operator === '<') return order < 0;
  if (operator !== '~=') return false;
  return order >= 0 && compare(version.slice(0, wanted.length - 1), wanted.slice(0, -1)) === 0;
}

/** Missing parts count as 0. */
function compare(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function partsOf(version: string): readonly number[] {
  return version.split('.').map(Number);
}
