import { describe, expect, test } from 'vitest';
import { openLab } from '../assets.fixture.ts';
import { type OutsideRequest, outside } from './outside.fixture.ts';
import type { NewServiceConnection } from './service-connection-info.ts';

const secret = 'hunter2-hunter2';
const failed = { code: 'SERVICE_CONNECTION_CHECK_FAILED', status: 409 };
const bearer = ({ authorization }: OutsideRequest) => authorization === `Bearer ${secret}`;
const basic = `Basic ${Buffer.from(`me:${secret}`).toString('base64')}`;

async function refusalOf(spec: NewServiceConnection): Promise<string> {
  const lab = await openLab();
  const error: Error = await lab.assets.connections.create(spec).catch((reason) => reason);
  expect(error).toMatchObject(failed);
  expect(JSON.stringify([error.message, error.cause])).not.toContain('hunter2');
  expect(await lab.assets.connections.list(9)).toEqual([]);
  expect(await lab.secretCount()).toBe(0);
  return error.message;
}

async function passes(spec: NewServiceConnection): Promise<string> {
  const { connections } = (await openLab()).assets;
  const { check } = await connections.create(spec);
  expect(check.status).toBe('Passed');
  return check.message;
}

describe('a workspace', () => {
  const workspace = (url: string, apitoken = secret): NewServiceConnection => ({
    name: 'aml-workspace-connection',
    type: 'ridgeline',
    url,
    parameters: { apitoken },
  });

  test('that takes the token: saved', async () => {
    const { url, requests } = await outside((request) => ({ status: bearer(request) ? 200 : 401 }));
    expect(await passes(workspace(url))).toContain('takes its token');
    expect(requests).toMatchObject([{ method: 'GET', path: '/api/v1/me' }]);
  });

  test('that refuses it, is no workspace or is not there: not saved, and the cause is told', async () => {
    const { url } = await outside((request) => ({ status: bearer(request) ? 200 : 401 }));
    expect(await refusalOf(workspace(url, 'hunter2-wrong'))).toContain('refuses its token');
    const other = await outside(() => ({ status: 302, headers: { location: url } }));
    expect(await refusalOf(workspace(other.url))).toContain('302: is that the address');
    expect(other.requests).toHaveLength(1);
    expect(await refusalOf(workspace('http://127.0.0.1:9'))).toContain('ECONNREFUSED');
  });

  test('is asked again only where a change has to do with signing in', async () => {
    const { connections } = (await openLab()).assets;
    let status = 200;
    const { url, requests } = await outside(() => ({ status }));
    await connections.create(workspace(url));
    status = 401;
    await connections.update('aml-workspace-connection', { allowAllPipelines: true });
    expect(requests).toHaveLength(1);
    const changed = connections.update('aml-workspace-connection', { parameters: { a: 'b' } });
    await expect(changed).rejects.toMatchObject(failed);
    const kept = await connections.get('aml-workspace-connection');
    expect(kept).toMatchObject({ parameters: { apitoken: null }, check: { status: 'Passed' } });
    expect(kept.parameters).not.toHaveProperty('a');
  });
});

describe('a service principal of Azure', () => {
  const principal = (environmentAuthorityUrl: string): NewServiceConnection => ({
    name: 'azure',
    type: 'azurerm',
    parameters: { tenantid: 't', serviceprincipalid: 'a', serviceprincipalkey: secret },
    data: { environmentAuthorityUrl },
  });

  test('that is signed in: saved', async () => {
    const { url, requests } = await outside(() => ({ status: 200, body: { access_token: 'x' } }));
    expect(await passes(principal(url))).toContain('signs its service principal in');
    expect(requests[0]?.path).toBe('/t/oauth2/v2.0/token');
    expect(new URLSearchParams(requests[0]?.body).get('client_secret')).toBe(secret);
  });

  test('that is refused: not saved, even where the refusal quotes the secret', async () => {
    const { url } = await outside(({ body }) => ({ status: 401, body }));
    expect(await refusalOf(principal(url))).toContain('check its tenantid');
  });

  test.each(['ManagedServiceIdentity', 'None'])('%s has nobody to ask', async (scheme) => {
    const { connections } = (await openLab()).assets;
    const { check } = await connections.create({ name: 'azure', type: 'azurerm', scheme });
    expect(check).toMatchObject({ status: 'NotChecked', message: expect.stringContaining(scheme) });
  });
});

describe('a container registry', () => {
  const registry = (url: string): NewServiceConnection => ({
    name: 'acr',
    type: 'dockerregistry',
    url: `${url}/v1/`,
    parameters: { username: 'me', password: secret },
  });

  test('that takes user and password, or sends one to a service that does: saved', async () => {
    const plain = await outside(({ authorization }) => ({
      status: authorization === basic ? 200 : 401,
    }));
    expect(await passes(registry(plain.url))).toContain('signs it in');
    const { url, requests } = await outside((request, self) =>
      request.path.startsWith('/token')
        ? { status: request.authorization === basic ? 200 : 401 }
        : {
            status: 401,
            headers: { 'www-authenticate': `Bearer realm="${self}/token",service="acr"` },
          },
    );
    expect(await passes(registry(url))).toContain('signs it in');
    expect(requests.map(({ path }) => path)).toEqual(['/v2/', '/token?service=acr']);
  });

  test('that refuses them, or is none: not saved', async () => {
    const refusing = await outside(() => ({ status: 401 }));
    expect(await refusalOf(registry(refusing.url))).toContain('refuses its username and password');
    const other = await outside(() => ({ status: 404 }));
    expect(await refusalOf(registry(other.url))).toContain('address of a container registry?');
  });
});

describe('a cluster', () => {
  const cluster = (url: string): NewServiceConnection => ({
    name: 'mlops-aks',
    type: 'kubernetes',
    scheme: 'Token',
    url,
    parameters: { apitoken: secret },
  });

  test('that knows who asks: saved, also where it lists nothing', async () => {
    const { url } = await outside((request) => ({ status: bearer(request) ? 403 : 401 }));
    expect(await passes(cluster(url))).toContain('takes its token');
  });

  test('that does not: not saved', async () => {
    const { url } = await outside(() => ({ status: 401 }));
    expect(await refusalOf(cluster(url))).toContain('refuses its token');
  });

  test('with a kubeconfig is left to kubectl', async () => {
    const { connections } = (await openLab()).assets;
    const parameters = { kubeconfig: 'apiVersion: v1' };
    const { check } = await connections.create({ name: 'aks', type: 'kubernetes', parameters });
    expect(check.status).toBe('NotChecked');
  });
});

describe('a secret of a key vault', () => {
  test('is read at each build with the connection that the pipeline may use too', async () => {
    const lab = await openLab();
    const { connections, groups } = lab.assets;
    let value = 'first';
    const { url, requests } = await outside(({ path, authorization }) => {
      if (path.endsWith('/token')) return { status: 200, body: { access_token: 'of-vault' } };
      if (authorization !== 'Bearer of-vault') return { status: 401 };
      return path.startsWith('/secrets/scoring-key?')
        ? { status: 200, body: { value } }
        : { status: 404 };
    });
    await connections.create({
      name: 'azure',
      type: 'azurerm',
      parameters: { tenantid: 't', serviceprincipalid: 'a', serviceprincipalkey: secret },
      data: { environmentAuthorityUrl: url, keyVaultUrl: url },
      pipelines: ['CI'],
    });
    const vaultSecret = { connection: 'azure', vault: 'mlops-kv', secret: 'scoring-key' };
    const variables = { KEY: { vaultSecret } };
    const made = await groups.create({ name: 'g', variables, allowAllPipelines: true });
    expect(made.variables.KEY).toMatchObject({ value: null, isSecret: true, vaultSecret });
    const keyOfBuild = async () => (await groups.resolve(['g'], 'CI')).get('g')?.get('KEY');
    expect(await keyOfBuild()).toEqual({ value: 'first', secret: true });
    value = 'second-second';
    expect(await keyOfBuild()).toEqual({ value: 'second-second', secret: true });
    expect(await lab.filesWith('second-second')).toEqual([]);
    expect(requests.at(-2)?.body).toContain('vault.azure.net');

    const unavailable = (words: string) => ({
      code: 'DELIVERY_SECRET_UNAVAILABLE',
      message: expect.stringMatching(new RegExp(`'KEY' of the variable group 'g'.*${words}`)),
    });
    await expect(groups.resolve(['g'], 'CD')).rejects.toMatchObject(unavailable("'CD' may not"));
    await groups.update('g', {
      variables: { KEY: { vaultSecret: { ...vaultSecret, secret: 'x' } } },
    });
    await expect(groups.resolve(['g'], 'CI')).rejects.toMatchObject(
      unavailable('none of that name'),
    );
    await connections.delete('azure');
    await expect(groups.resolve(['g'], 'CI')).rejects.toMatchObject(unavailable("'azure'"));
  });
});
