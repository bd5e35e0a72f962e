// What a start of a published pipeline may give, as Ridgeline's own API has it.
import Type from 'typebox';
import { closed, TextByName } from './schema-parts.ts';

const fields = {
  inputs: Type.Optional(
    Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
  ),
  experimentName: Type.Optional(Type.String()),
  displayName: Type.Optional(Type.String()),
  description: Type.Optional(Type.String({ maxLength: 5000 })),
  tags: Type.Optional(TextByName),
  stepTags: Type.Optional(TextByName),
  properties: Type.Optional(TextByName),
  continueOnStepFailure: Type.Optional(Type.Boolean()),
  forceRerun: Type.Optional(Type.Boolean()),
};

export const PipelineStartBody = Type.Union([Type.Object(fields, closed), Type.Null()]);

export const PipelineEndpointStartBody = Type.Union([
  Type.Object(
    {
      ...fields,
      version: Type.Optional(
        Type.String({ description: 'A version of the endpoint; default: its default version' }),
      ),
    },
    closed,
  ),
  Type.Null(),
]);
