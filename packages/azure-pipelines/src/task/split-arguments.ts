// An `arguments` input into a list, by the task library's rules: blanks part, double quotes keep
// together, and a backslash inside them escapes a quote.

export function splitArguments(line: string): string[] {
  const args: string[] = [];
  let current: string | undefined;
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const letter = line.charAt(at);
    if (letter === '\\' && quoted && line.charAt(at + 1) === '"') {
      current = `${current ?? ''}"`;
      at += 1;
    } else if (letter === '"') {
      quoted = !quoted;
      current ??= '';
    } else if (!quoted && /\s/.test(letter)) {
      if (current !== undefined) args.push(current);
      current = undefined;
    } else {
      current = (current ?? '') + letter;
    }
  }
  return current === undefined ? args : [...args, current];
}
