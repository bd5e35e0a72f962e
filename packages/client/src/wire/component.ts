// The shapes of a component: a step's definition under a name and a version.

/** The text of a component file. */
export interface ComponentText {
  readonly text: string;
  readonly fileName: string;
  /** What `code` paths of the text are relative to. */
  readonly codeBase: string;
}

export interface ComponentSummary {
  readonly name: string;
  readonly version: string;
  readonly type: string;
  readonly displayName: string | null;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Of text, code and components, 64 hexadecimal digits. */
  readonly digest: string;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
}

export interface Component extends ComponentSummary {
  readonly text: string;
  readonly fileName: string;
  readonly code: Readonly<Record<string, string>>;
  readonly components: Readonly<Record<string, ComponentText>>;
}

export interface NewComponent {
  readonly name: string;
  /** Default: the latest's where it is the same, else the next whole number. */
  readonly version?: string;
  readonly text: string;
  readonly fileName: string;
  /** For each `code` path the id of the uploaded code. */
  readonly code?: Readonly<Record<string, string>>;
  readonly components?: Readonly<Record<string, ComponentText>>;
}
