import { expect, it } from 'vitest';
import { answerHeaders, requestHeaders } from './forwarded-headers.ts';

it("a request keeps its end-to-end headers and gets the instance's key", () => {
  const headers = {
    host: 'public:80',
    authorization: 'Bearer caller',
    connection: 'keep-alive, X-Hop',
    'x-hop': '1',
    'keep-alive': 'timeout=5',
    'transfer-encoding': 'chunked',
    te: 'trailers',
    upgrade: 'websocket',
    expect: '100-continue',
    'proxy-authorization': 'Basic x',
    'content-type': 'application/json',
    'x-ms-request-id': 'abc',
    traceparent: '00-1-2-00',
    'x-many': ['a', 'b'],
    'x-none': undefined,
  };
  expect(requestHeaders(headers, 'internal')).toEqual({
    'content-type': 'application/json',
    'x-ms-request-id': 'abc',
    traceparent: '00-1-2-00',
    'x-many': ['a', 'b'],
    authorization: 'Bearer internal',
  });
});

it('naming a header in Connection cannot take the internal key away', () => {
  const headers = { connection: 'authorization' };
  expect(requestHeaders(headers, 'internal')).toEqual({ authorization: 'Bearer internal' });
});

it('an answer keeps its end-to-end headers and says which deployment it is from', () => {
  const headers = { connection: 'close', 'content-length': '2', 'x-request-id': 'r' };
  expect(answerHeaders(headers, 'blue')).toEqual({
    'content-length': '2',
    'x-request-id': 'r',
    'azureml-model-deployment': 'blue',
  });
});
