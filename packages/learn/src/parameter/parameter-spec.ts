// What an estimator's parameters are, as data: one record feeds validation, and later help texts,
// forms and search spaces. Owns no estimator's parameters.

export interface NumberParameter {
  readonly kind: 'number';
  readonly default: number;
  /** The smallest value allowed, itself included. */
  readonly min: number;
  /** The largest value allowed, itself included. */
  readonly max: number;
  readonly doc: string;
}

export interface BooleanParameter {
  readonly kind: 'boolean';
  readonly default: boolean;
  readonly doc: string;
}

export type ParameterSpec = NumberParameter | BooleanParameter;

export type ParameterSpecs = Readonly<Record<string, ParameterSpec>>;

/** The values that the parameters of `Specs` take. */
export type ParameterValues<Specs extends ParameterSpecs> = {
  readonly [Name in keyof Specs]: Specs[Name] extends NumberParameter ? number : boolean;
};
