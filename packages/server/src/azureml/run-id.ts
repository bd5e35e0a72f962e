// The id of a run, which Azure's clients may have put through a GUID of their own.

/** `6F9619FF-8B86-…` → `6f9619ff8b86…`; anything else as it is. */
export function toRunId(text: string): string {
  const isGuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
  return isGuid || /^[0-9a-f]{32}$/i.test(text) ? text.replaceAll('-', '').toLowerCase() : text;
}
