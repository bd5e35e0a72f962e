// The second pass's language: what a value of a file may be, as plain data that code walks.
// It holds no knowledge of Azure ML; the tables beside it do.

/** Where an expression may stand in a string.
 * `none`: nowhere. `text`: `${{` is ordinary text. `binding`: it is the whole value.
 * `command`: anywhere in it. The last two are judged by the converters. */
export type ExpressionUse = 'none' | 'text' | 'binding' | 'command';

export type NameRule = 'identifier' | 'jobName' | 'endpointName' | 'environmentVariable' | 'any';

interface Common {
  /** A warning that the value is accepted and changes nothing, with the reason. */
  readonly noEffect?: string;
}

export interface StringSchema extends Common {
  readonly kind: 'string';
  readonly allowed?: readonly string[];
  /** Values that Azure ML has and this package does not, with what they are. */
  readonly notBuilt?: Readonly<Record<string, string>>;
  /** Allowed values that change nothing here, with the reason. */
  readonly noEffectFor?: Readonly<Record<string, string>>;
  /** Azure ML takes `Maximize` for `maximize`. Default false. */
  readonly anyCase?: boolean;
  readonly name?: NameRule;
  /** Default `none`. */
  readonly expressions?: ExpressionUse;
  /** Default false. */
  readonly mayBeEmpty?: boolean;
  /** In characters; default none. */
  readonly maxLength?: number;
}

/** Text, or a number or boolean that is taken as it is written (`tags: {build: 1.10}`). */
export interface TextSchema extends Common {
  readonly kind: 'text';
  /** The value is never shown in a message. */
  readonly secret?: boolean;
}

export interface NumberSchema extends Common {
  readonly kind: 'number' | 'integer';
  readonly minimum?: number;
  readonly maximum?: number;
  /** The one value that is built; any other is a feature that is not. */
  readonly only?: { readonly value: number; readonly otherwise: string };
  /** Words that may stand instead of a number, such as `auto`. */
  readonly orWords?: readonly string[];
}

export interface BooleanSchema extends Common {
  readonly kind: 'boolean';
}

/** A string, number or boolean written straight as a value. */
export interface LiteralSchema extends Common {
  readonly kind: 'literal';
  readonly expressions: ExpressionUse;
}

/** A mapping whose keys the user chooses. */
export interface NamesSchema extends Common {
  readonly kind: 'names';
  /** What one key names, for messages: `step`, `input`. */
  readonly of: string;
  readonly rule: NameRule;
  readonly values: Schema;
  /** Default false: a mapping with no entries is a mistake. */
  readonly mayBeEmpty?: boolean;
}

/** A mapping whose keys Azure ML chooses. */
export interface ObjectSchema extends Common {
  readonly kind: 'object';
  /** With its article: `a command step`. */
  readonly title: string;
  readonly keys: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** One of several objects, told apart by the text of one key. */
export interface VariantSchema extends Common {
  readonly kind: 'variant';
  readonly title: string;
  readonly key: string;
  /** The variant when the key is missing. */
  readonly fallback: string;
  readonly variants: Readonly<Record<string, ObjectSchema | VariantSchema>>;
  /** Azure ML takes `AmlCompute` for `amlcompute`. Default false. */
  readonly anyCase?: boolean;
  readonly notBuilt?: Readonly<Record<string, string>>;
}

/** A scalar short form of what the long form says with a mapping. */
export interface ShortOrLongSchema extends Common {
  readonly kind: 'shortOrLong';
  readonly short: Schema;
  readonly long: ObjectSchema | VariantSchema | NotBuiltSchema | AnySchema;
  /** Whether `key:` with no value is allowed. Default false. */
  readonly mayBeNull?: boolean;
}

/** A list of values of one kind. */
export interface ListSchema extends Common {
  readonly kind: 'list';
  /** What one item is, for messages: `tag`. */
  readonly of: string;
  readonly items: Schema;
  /** Whether one item may stand without the list around it. Default false. */
  readonly mayBeOne?: boolean;
  /** Default false. */
  readonly mayBeEmpty?: boolean;
}

/** Data of the user's own shape, taken as it is. */
export interface AnySchema extends Common {
  readonly kind: 'any';
}

/** A part of Azure ML's schema that is refused by name. */
export interface NotBuiltSchema extends Common {
  readonly kind: 'notBuilt';
  readonly feature: string;
  /** What to do instead, an imperative. */
  readonly instead: string;
}

export type Schema =
  | StringSchema
  | TextSchema
  | NumberSchema
  | BooleanSchema
  | LiteralSchema
  | NamesSchema
  | ObjectSchema
  | VariantSchema
  | ShortOrLongSchema
  | ListSchema
  | AnySchema
  | NotBuiltSchema;
