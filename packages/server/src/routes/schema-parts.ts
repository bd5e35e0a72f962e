// The pieces that the schemas of several routes share.
import Type from 'typebox';

/** A property that is not known is a mistake of the caller's, and never ignored. */
export const closed = { additionalProperties: false } as const;

/** Closed, as a name with a line break fits no pattern, and its value would go unchecked. */
export const TextByName = Type.Record(Type.String(), Type.String(), closed);

/** The pattern of a whole number in a query, where everything is text. */
export const digits = '^[0-9]{1,15}$';

export const Name = Type.Object({ name: Type.String() });

export const Limit = Type.Object({
  limit: Type.Optional(Type.String({ pattern: digits, description: '1 to 1000; default 100' })),
});

/** Of what delivery pipelines use by name. */
export const assetWords = {
  name: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
} as const;

export const permissions = {
  allowAllPipelines: Type.Optional(Type.Boolean({ description: 'Default false' })),
  pipelines: Type.Optional(Type.Array(Type.String(), { description: 'Those that may use it' })),
} as const;
