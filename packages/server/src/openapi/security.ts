// How callers prove who they are, as the API's description names it.

export const securitySchemes = {
  token: {
    type: 'http',
    scheme: 'bearer',
    description:
      "The workspace's token, an access token, what a sign-in or client credentials gave, a JWT of an outside issuer, or the token of a step while it runs",
  },
  tokenAsPassword: {
    type: 'http',
    scheme: 'basic',
    description: "The same tokens as the password; the user's name is not looked at",
  },
  endpointKey: {
    type: 'http',
    scheme: 'bearer',
    description: 'One of the two keys of an endpoint',
  },
} as const;

type Requirement = Record<string, string[]>;

/** One of the two is enough. */
export const anyToken: Requirement[] = [{ token: [] }, { tokenAsPassword: [] }];

export const endpointKey: Requirement = { endpointKey: [] };
