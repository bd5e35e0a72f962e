// InvokeRESTAPI: one request through a service connection, judged by its status and, where given,
// by an expression over its answer.

import { connectionOf } from '../connection-of.ts';
import { plainText } from '../plain-text.ts';
import type { ServerTask } from '../task.ts';
import { input } from '../task-input.ts';
import { failed, succeeded, TaskFailure } from '../task-outcome.ts';
import { authorizationOf, slashed } from './bearer-token.ts';
import { sendRequest } from './send-request.ts';
import type { ServerRequest, ServerTaskContext } from './server-task.ts';
import { evaluateCriteria } from './success-criteria.ts';

const methods = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'PATCH'] as const;
const maxShown = 2_000;

export const invokeRestApi: ServerTask = {
  name: 'InvokeRESTAPI',
  ids: ['9c3e8943-130d-4c78-ac63-8af81df62dfb'],
  versions: [0, 1],
  runsOn: 'server',
  inputs: [
    input.pick('connectionType', ['connectedServiceName', 'connectedServiceNameARM'], {
      default: 'connectedServiceName',
    }),
    input.connection('serviceConnection', {
      aliases: ['connectedServiceName', 'genericService'],
      required: true,
      visibleWhen: 'connectionType = connectedServiceName',
    }),
    input.connection('azureServiceConnection', {
      aliases: ['connectedServiceNameARM', 'azureSubscription'],
      required: true,
      visibleWhen: 'connectionType = connectedServiceNameARM',
    }),
    input.pick('method', methods, { default: 'POST' }),
    input.lines('headers', { default: '{"Content-Type":"application/json"}' }),
    input.lines('body'),
    input.text('urlSuffix'),
    input.text('waitForCompletion', { default: 'false' }),
    input.text('successCriteria'),
  ],
  async run(context) {
    if (context.boolInput('waitForCompletion')) {
      return failed(
        "'waitForCompletion: true' needs a callback, which is not built here. Take 'false' and a 'successCriteria'.",
      );
    }
    const request = await requestOf(context);
    context.log(`${request.method} ${request.url}`);
    const response = await sendRequest(context, request);
    context.log(`Response Code: ${response.status}`);
    context.log(plainText(response.body.slice(0, maxShown)));
    if (response.status < 200 || response.status > 299) {
      return failed(`${request.method} ${request.url} answered with status ${response.status}`);
    }
    const criteria = context.input('successCriteria');
    if (criteria === undefined || evaluateCriteria(criteria, response.body)) return succeeded;
    return failed(`The answer does not meet the success criteria '${criteria}'`);
  },
};

async function requestOf(context: ServerTaskContext): Promise<ServerRequest> {
  const arm = context.input('connectionType')?.toLowerCase() === 'connectedservicenamearm';
  const name = arm ? 'azureServiceConnection' : 'serviceConnection';
  const connection = await connectionOf(context, name);
  const base = connection.url ?? (arm ? 'https://management.azure.com/' : '');
  const authorization = await authorizationOf(context, connection);
  const body = context.input('body');
  const method = (context.input('method') ?? 'POST').toUpperCase();
  return {
    method,
    url: join(base, context.input('urlSuffix')),
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...headersOf(context.input('headers')),
    },
    ...(body === undefined || method === 'GET' || method === 'HEAD' ? {} : { body }),
  };
}

/** A suffix that is a query, or empty, belongs to the address itself. */
function join(base: string, suffix = ''): string {
  const url =
    suffix === '' || suffix.startsWith('?')
      ? base + suffix
      : slashed(base) + suffix.replace(/^\//, '');
  if (URL.canParse(url)) return url;
  throw new TaskFailure(`'${url}' is no URL; the service connection's address is '${base}'`);
}

function headersOf(text = '{}'): Record<string, string> {
  const headers = parseHeaders(text);
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) {
    throw new TaskFailure(`'headers' is no JSON object of names and values`);
  }
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

function parseHeaders(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
