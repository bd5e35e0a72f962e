// What an estimator's parameters are, as data: one record feeds validation, help texts, forms and
// search spaces. Owns no estimator's parameters.

export interface NumberParameter {
  readonly kind: 'number';
  readonly default: number;
  /** The smallest value allowed, itself included. */
  readonly min: number;
  /** The largest value allowed, itself included. */
  readonly max: number;
  readonly doc: string;
}

export interface IntegerParameter {
  readonly kind: 'integer';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly doc: string;
}

/** A whole number, or null for "none", which the doc explains. */
export interface OptionalIntegerParameter {
  readonly kind: 'optional-integer';
  readonly default: number | null;
  readonly min: number;
  readonly max: number;
  readonly doc: string;
}

export interface BooleanParameter {
  readonly kind: 'boolean';
  readonly default: boolean;
  readonly doc: string;
}

export interface ChoiceParameter {
  readonly kind: 'choice';
  readonly default: string;
  readonly choices: readonly string[];
  readonly doc: string;
}

/** A list of whole numbers, such as the widths of layers or one direction a feature. */
export interface IntegerListParameter {
  readonly kind: 'integer-list';
  readonly default: readonly number[];
  readonly min: number;
  readonly max: number;
  /** The most items that the list may have. */
  readonly maxLength: number;
  readonly doc: string;
}

export type ParameterSpec =
  | NumberParameter
  | IntegerParameter
  | OptionalIntegerParameter
  | BooleanParameter
  | ChoiceParameter
  | IntegerListParameter;

export type ParameterSpecs = Readonly<Record<string, ParameterSpec>>;

export type ParameterValue = number | boolean | string | null | readonly number[];

interface ValueOfKind {
  readonly number: number;
  readonly integer: number;
  readonly 'optional-integer': number | null;
  readonly boolean: boolean;
  readonly 'integer-list': readonly number[];
}

type ValueOf<Spec extends ParameterSpec> = Spec extends ChoiceParameter
  ? Spec['choices'][number]
  : Spec['kind'] extends keyof ValueOfKind
    ? ValueOfKind[Spec['kind']]
    : never;

/** The values that the parameters of `Specs` take. */
export type ParameterValues<Specs extends ParameterSpecs> = {
  readonly [Name in keyof Specs]: ValueOf<Specs[Name]>;
};
