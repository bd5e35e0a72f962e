// What stands behind `POST /score`: the port that a user's script and the built-in handler fill.

import type { JsonSchema, SchemaCheck } from './json-schema.ts';

/** Header names in lower case, as Node gives them; `authorization` and `cookie` are left out. */
export type RequestHeaders = Readonly<Record<string, string>>;

export type RequestBody = Readonly<Record<string, unknown>>;

export interface ScoringHandler {
  /** JSON Schema of the whole request body. */
  readonly inputSchema: JsonSchema;
  /** JSON Schema of the whole answer. */
  readonly outputSchema: JsonSchema;
  readonly checkInput: SchemaCheck;
  readonly checkOutput: SchemaCheck;
  /**
   * Scores `data`, the body's property of that name, and returns the answer or its promise; `body` is
   * the whole of what came in.
   */
  run(data: unknown, requestHeaders: RequestHeaders, body: RequestBody): unknown;
}
