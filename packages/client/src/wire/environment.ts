// The shapes of an environment: what steps run in.

export interface WireCondaFile {
  readonly name?: string;
  readonly channels?: readonly string[];
  readonly dependencies: readonly (string | { readonly pip: readonly string[] })[];
}

/** One of `condaFile`, `requirements` and `image`; beside the first two, an image is ignored. */
export interface NewEnvironment {
  readonly name: string;
  /** Default: the next whole number. */
  readonly version?: string;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly image?: string;
  readonly condaFile?: WireCondaFile;
  /** Lines as of a requirements.txt. */
  readonly requirements?: readonly string[];
}

export interface RegisteredEnvironment {
  readonly name: string;
  readonly version: string;
  readonly kind: 'node' | 'python' | 'r' | 'image';
  /** Of all that it consists of, 64 hexadecimal digits. */
  readonly digest: string;
  /** Which Python it asks for, such as `==3.11.*`; empty for any, null where it needs none. */
  readonly python: string | null;
  readonly requirements: readonly string[];
  /** The R packages that have to be there; null where it needs no R. */
  readonly rPackages: readonly string[] | null;
  readonly image: string | null;
  /** What of its definition was passed over. */
  readonly notes: readonly string[];
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  /** UTC, ISO 8601; null for the one that is built in. */
  readonly createdAt: string | null;
}
