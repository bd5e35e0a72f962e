// The tag that a store gives a content: in headers it is quoted, and in some lists it is not.

/** Without its quotes; empty where there is none. */
export function unquoted(etag = ''): string {
  return etag.replaceAll('"', '');
}
