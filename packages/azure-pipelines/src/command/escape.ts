// How a logging command carries characters that would end it.

/** For what stands behind the `]` of a command. */
export function escapeData(text: string): string {
  return text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** For the value of a property. */
export function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(']', '%5D').replaceAll(';', '%3B');
}

/** The percent sign comes last: `%AZP253B` is a written `%3B` and no semicolon. */
export function unescapeText(text: string): string {
  if (!text.includes('%')) return text;
  return text
    .replaceAll('%3B', ';')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%5D', ']')
    .replaceAll('%AZP25', '%');
}
