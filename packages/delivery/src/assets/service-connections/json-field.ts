// A text in an answer's JSON. The parser's own error would quote the text, and that may be a secret.

export function textField(body: string, name: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body)?.[name];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
