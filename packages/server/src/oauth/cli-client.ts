// The program that people sign in with: the command line, known to every workspace.

export const cliClientId = 'ridgeline-cli';

/** What a person who signs in agrees to. */
export const grantedScopes = 'openid profile offline_access';

/** On the person's own machine it can keep no secret; what it can is to wait on a port there. */
export const cliClient = {
  client_id: cliClientId,
  client_name: 'Ridgeline command line',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  redirect_uris: ['http://127.0.0.1/callback', 'http://localhost/callback'],
  grant_types: [
    'authorization_code',
    'refresh_token',
    'urn:ietf:params:oauth:grant-type:device_code',
  ],
  response_types: ['code'],
} as const satisfies object;
