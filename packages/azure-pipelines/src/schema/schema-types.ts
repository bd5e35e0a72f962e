// The language of the key tables: what a value may be, as plain data that code walks. It holds no
// knowledge of pipelines; the tables beside it do.

export type Schema =
  | TextSchema
  | BooleanSchema
  | IntegerSchema
  | ChoiceSchema
  | ListSchema
  | ObjectSchema
  | VariantSchema
  | NamesSchema
  | FormsSchema
  | AnySchema;

export type NameRule = 'identifier' | 'alias' | 'leg' | 'variable' | 'any';

/** One value of any scalar type: pipelines keep all of them as texts. */
export interface TextSchema {
  readonly kind: 'text';
  /** Default false: it may be empty. */
  readonly isRequired?: boolean;
  readonly rule?: NameRule;
}

/** `isRuntime`: `$(x)` or `$[ ]` may stand instead. Default false. */
export interface BooleanSchema {
  readonly kind: 'boolean';
  readonly isRuntime?: boolean;
}

export interface IntegerSchema {
  readonly kind: 'integer';
  readonly minimum: number;
  readonly maximum?: number;
  readonly isRuntime?: boolean;
  /** `25%` may stand instead. */
  readonly orPercent?: boolean;
}

/** One of several words, in any letter case. */
export interface ChoiceSchema {
  readonly kind: 'choice';
  readonly allowed: readonly string[];
}

export interface ListSchema {
  readonly kind: 'list';
  /** What one item is, for messages: `step`. */
  readonly of: string;
  readonly items: Schema;
  /** Whether one item may stand without the list around it. Default false. */
  readonly mayBeOne?: boolean;
}

/** A mapping whose keys the language chooses. */
export interface ObjectSchema {
  readonly kind: 'object';
  /** With its article: `a script step`. */
  readonly title: string;
  readonly keys: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** Keys that exclude each other. */
  readonly atMostOneOf?: readonly string[];
  /** Keys that exclude each other, of which one has to be there. */
  readonly exactlyOneOf?: readonly string[];
  /** Keys that stand here in old files, and what to write instead. They are of `keys` too. */
  readonly legacy?: Readonly<Record<string, string>>;
  /** Keys that people look for here, and where they belong; a whole sentence. */
  readonly misplaced?: Readonly<Record<string, string>>;
}

/** One of several objects, told apart by the keyword that is the first key. */
export interface VariantSchema {
  readonly kind: 'variant';
  readonly title: string;
  readonly variants: Readonly<Record<string, ObjectSchema>>;
  /** Whether the keyword may stand behind other keys. Default false. */
  readonly anyOrder?: boolean;
}

/** A mapping whose keys the user chooses. */
export interface NamesSchema {
  readonly kind: 'names';
  /** What one key names, for messages: `variable`. */
  readonly of: string;
  readonly rule: NameRule;
  readonly values: Schema;
}

/** Told apart by what stands there: one value, a list or a mapping. */
export interface FormsSchema {
  readonly kind: 'forms';
  readonly scalar?: Schema;
  readonly sequence?: Schema;
  readonly mapping?: Schema;
}

export interface AnySchema {
  readonly kind: 'any';
}

export const text: TextSchema = { kind: 'text' };
export const requiredText: TextSchema = { kind: 'text', isRequired: true };
/** By which the pipeline names a resource. */
export const alias: TextSchema = { kind: 'text', isRequired: true, rule: 'alias' };
export const boolean: BooleanSchema = { kind: 'boolean' };
export const runtimeBoolean: BooleanSchema = { kind: 'boolean', isRuntime: true };
export const anything: AnySchema = { kind: 'any' };
export const texts: NamesSchema = { kind: 'names', of: 'entry', rule: 'any', values: text };

export function choice(...allowed: readonly string[]): ChoiceSchema {
  return { kind: 'choice', allowed };
}

export function listOf(of: string, items: Schema): ListSchema {
  return { kind: 'list', of, items };
}

export function oneOrMore(of: string, items: Schema): ListSchema {
  return { kind: 'list', of, items, mayBeOne: true };
}
