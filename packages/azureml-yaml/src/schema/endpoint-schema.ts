// A managed online endpoint.
import { notBuilt, prose, string, textMap } from './common-schemas.ts';
import type { ObjectSchema } from './schema-types.ts';

export const endpointSchema: ObjectSchema = {
  kind: 'object',
  title: 'an endpoint',
  required: ['name'],
  keys: {
    $schema: string,
    name: { kind: 'string', name: 'endpointName' },
    description: prose,
    tags: textMap,
    properties: textMap,
    auth_mode: {
      kind: 'string',
      allowed: ['key', 'aml_token', 'aad_token'],
      noEffectFor: {
        aml_token: "an endpoint here has keys, and takes the workspace's tokens too",
        aad_token: "an endpoint here has keys, and takes the workspace's tokens too",
      },
    },
    traffic: {
      kind: 'names',
      of: 'deployment',
      rule: 'any',
      values: { kind: 'integer', minimum: 0, maximum: 100 },
      mayBeEmpty: true,
    },
    location: { ...string, noEffect: 'the place of this machine is used' },
    identity: { kind: 'any', noEffect: 'a deployment acts as the server' },
    public_network_access: { ...string, noEffect: 'the network of this machine is used' },
    mirror_traffic: notBuilt('mirrored traffic'),
    compute: notBuilt('Kubernetes endpoints'),
    kind: string,
  },
};
