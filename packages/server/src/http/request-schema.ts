// Checks the parts of a request against their schemas. Nothing is converted or filled in: what a
// handler gets is what the caller sent.
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/schema';
import { ServerError } from '../errors/server-error.ts';
import { describeMismatch } from './describe-mismatch.ts';

const partNames: Readonly<Record<string, string>> = {
  body: 'the body',
  querystring: 'the query',
  params: 'the path',
};

/** Requests that do not fit are refused with INVALID_PARAMETER_VALUE and what is wrong with them. */
export const compileRequestSchema: FastifySchemaCompiler<TSchema> = ({ schema, httpPart = '' }) => {
  // At the first request: to compile those of all routes would keep every start waiting.
  let validator: Validator | null = null;
  return (value: unknown) => {
    validator ??= Compile(schema);
    if (validator.Check(value)) return true;
    const part = partNames[httpPart] ?? httpPart;
    const [, errors] = validator.Errors(value);
    const message = describeMismatch(errors, value, part);
    return { error: new ServerError('INVALID_PARAMETER_VALUE', message) };
  };
};
