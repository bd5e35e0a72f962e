// When an input is of interest: a rule over other inputs, `a = x && b != y`, as task.json has it.
// `&&` and `||` do not mix in one rule there; here `&&` binds closer.

const operators: Readonly<Record<string, (value: string, operand: string) => boolean>> = {
  '=': (value, operand) => value === operand,
  '==': (value, operand) => value === operand,
  '!=': (value, operand) => value !== operand,
  in: (value, operand) => operand.split(',').some((one) => one.trim() === value),
  contains: (value, operand) => value.includes(operand),
  notcontains: (value, operand) => !value.includes(operand),
  startswith: (value, operand) => value.startsWith(operand),
  notstartswith: (value, operand) => !value.startsWith(operand),
  endswith: (value, operand) => value.endsWith(operand),
  notendswith: (value, operand) => !value.endsWith(operand),
};

/** True for a rule that cannot be read: an input too many asks nothing of anybody. */
export function isVisible(rule: string | undefined, valueFor: (name: string) => string): boolean {
  if (rule === undefined || rule.trim() === '') return true;
  return rule.split('||').some((all) => all.split('&&').every((one) => holds(one, valueFor)));
}

function holds(clause: string, valueFor: (name: string) => string): boolean {
  const match = /^\s*([\w.-]+)\s*(==|!=|=|\s\w+\s)\s*(.*?)\s*$/.exec(clause);
  if (match === null) return true;
  const [, name = '', word = '', operand = ''] = match;
  const operator = operators[word.trim().toLowerCase()];
  if (operator === undefined) return true;
  // Values and operands are compared as they are shown: without letter case and quotes.
  const bare = operand.replace(/^(["'])(.*)\1$/, '$2').toLowerCase();
  return operator(valueFor(name).toLowerCase(), bare);
}
