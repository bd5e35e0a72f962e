// What a client sends to have a job run: the YAML file as it stands, and what the files that it
// names have become on the server.

export interface JobSubmission {
  /** The text of the job's YAML file. */
  readonly definition: string;
  /** Its name, for messages: at most 1,024 characters. */
  readonly fileName: string;
  /** For each `code` path of the definition, as written there, the id of the uploaded code. */
  readonly code: Readonly<Record<string, string>>;
  /** For each local data path of the definition, as written there, the URI of the uploaded data. */
  readonly uploads: Readonly<Record<string, string>>;
  /** Values for the pipeline's inputs, over those of the definition. */
  readonly inputs?: Readonly<Record<string, string | number | boolean>>;
  readonly experimentName?: string;
  readonly displayName?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What an input stood for when the job was submitted: `@latest` is pinned to a version here. */
export type ResolvedInput =
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'data'; readonly name: string; readonly version: string }
  | { readonly kind: 'model'; readonly name: string; readonly version: string }
  | { readonly kind: 'uri'; readonly uri: string };

export interface ResolvedInputs {
  /** The pipeline's inputs. */
  readonly pipeline: Readonly<Record<string, ResolvedInput>>;
  /** For each step, those of its inputs that name data or models themselves. */
  readonly steps: Readonly<Record<string, Readonly<Record<string, ResolvedInput>>>>;
}

/** The input as text, as users write it. */
export function describeInput(input: ResolvedInput): string {
  switch (input.kind) {
    case 'literal':
      return input.value;
    case 'uri':
      return input.uri;
    case 'data':
    case 'model':
      return `azureml:${input.name}:${input.version}`;
  }
}
