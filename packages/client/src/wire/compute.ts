// The shapes of a compute: where steps run, and how many at once.

export interface Compute {
  readonly name: string;
  readonly kind: 'local' | 'databricks';
  readonly size: string | null;
  readonly minInstances: number;
  readonly maxInstances: number;
  readonly idleSeconds: number;
  readonly tier: 'dedicated' | 'low_priority';
  readonly properties: Readonly<Record<string, string>>;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly state: 'Succeeded';
  /** UTC, ISO 8601; null for 'local', which was always there. */
  readonly createdAt: string | null;
}

export interface ComputeChanges {
  readonly size?: string | null;
  readonly minInstances?: number;
  readonly maxInstances?: number;
  readonly idleSeconds?: number;
  readonly tier?: 'dedicated' | 'low_priority';
  readonly properties?: Readonly<Record<string, string>>;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface NewCompute extends ComputeChanges {
  readonly name: string;
  /** Default `local`. */
  readonly kind?: 'local' | 'databricks';
}
