// MLflow's filter language, as far as asking for names and tags goes.

/** `name = 'churn' and tags.area = 'sales'`. */
export function modelFilter(name: string, tags: Readonly<Record<string, string>> = {}): string {
  const conditions = [`name = ${quote(name)}`];
  for (const [key, value] of Object.entries(tags)) {
    conditions.push(`tags.${quoteKey(key)} = ${quote(value)}`);
  }
  return conditions.join(' and ');
}

/** Within quotes, the same quote written twice stands for one. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function quoteKey(key: string): string {
  return /^\w+$/.test(key) ? key : `\`${key.replaceAll('`', '``')}\``;
}
