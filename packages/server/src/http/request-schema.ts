// Checks the parts of a request against their schemas. Nothing is converted or filled in: what a
// handler gets is what the caller sent.
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { ServerError } from '../errors/server-error.ts';
import { describeMismatch } from './describe-mismatch.ts';

const partNames: Readonly<Record<string, string>> = {
  body: 'the body',
  querystring: 'the query',
  params: 'the path',
};

/** Requests that do not fit are refused with INVALID_PARAMETER_VALUE and what is wrong with them. */
export const compileRequestSchema: FastifySchemaCompiler<TSchema> = ({ schema, httpPart = '' }) => {
  const validator = Compile(schema);
  return (value: unknown) => {
    if (validator.Check(value)) return true;
    const part = partNames[httpPart] ?? httpPart;
    const message = describeMismatch(validator.Errors(value), value, part);
    return { error: new ServerError('INVALID_PARAMETER_VALUE', message) };
  };
};
