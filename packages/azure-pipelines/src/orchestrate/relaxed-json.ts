// JSON as the service reads it in the text of a runtime matrix: single quotes, names without
// quotes and a comma too many are taken, since scripts write them.

const token =
  /\s*(?:("[^"\\]*(?:\\.[^"\\]*)*")|'([^'\\]*(?:\\.[^'\\]*)*)'|([{}[\]:,])|([A-Za-z_$][\w$-]*)|(-?\d[\d.eE+-]*))/sy;

/** @throws SyntaxError */
export function parseRelaxedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const strict = rewrite(text);
    if (strict === undefined) throw error;
    return JSON.parse(strict);
  }
}

/** As strict JSON, or undefined for a text whose parts are not even words and signs. */
function rewrite(text: string): string | undefined {
  const parts: string[] = [];
  const trimmed = text.trimEnd();
  token.lastIndex = 0;
  while (token.lastIndex < trimmed.length) {
    const match = token.exec(trimmed);
    if (match === null) return undefined;
    const part = strictToken(match);
    if ((part === '}' || part === ']') && parts.at(-1) === ',') parts.pop();
    parts.push(part);
  }
  return parts.join('');
}

function strictToken([, double, single, sign, word, number]: RegExpExecArray): string {
  if (single !== undefined) return requote(single);
  if (word !== undefined) return /^(?:true|false|null)$/.test(word) ? word : JSON.stringify(word);
  return double ?? sign ?? number ?? '';
}

function requote(inner: string): string {
  const text = inner.replaceAll(/\\'|"/g, (found) => (found === '"' ? '\\"' : "'"));
  return `"${text}"`;
}
