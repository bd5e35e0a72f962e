// The pieces that the schemas of several routes share.
import Type from 'typebox';

/** A property that is not known is a mistake of the caller's, and never ignored. */
export const closed = { additionalProperties: false } as const;

export const TextByName = Type.Record(Type.String(), Type.String());

/** The pattern of a whole number in a query, where everything is text. */
export const digits = '^[0-9]{1,15}$';
