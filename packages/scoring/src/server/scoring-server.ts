// Starts and stops one scoring server: a handler behind HTTP, listening only once it is ready.

import { createServer, type RequestListener, type Server } from 'node:http';
import { answerClientError } from './client-error.ts';
import { Connections } from './connections.ts';
import { drain } from './drain.ts';
import { createKeyCheck } from './key-auth.ts';
import { listen } from './listen.ts';
import { loadHandler } from './load-handler.ts';
import { createLog } from './log.ts';
import { createRequestListener } from './router.ts';
import { createRoutes } from './routes.ts';
import type { ScoringServerOptions } from './scoring-server-options.ts';

export interface ScoringServer {
  /** `http://127.0.0.1:5001`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Stops listening, answers what has been accepted, closes the rest. */
  close(): Promise<void>;
}

/**
 * Loads the model or the script and then listens. With a script, `AZUREML_MODEL_DIR` of this
 * process is set to the model's folder first. Throws the codes of errors.ts, and the learn
 * package's own for a folder that holds no model.
 */
export async function startScoringServer(options: ScoringServerOptions): Promise<ScoringServer> {
  const log = options.log ?? createLog();
  const state = { draining: false };
  const handler = await loadHandler(options, log);
  const routes = createRoutes({
    handler,
    bodyLimitBytes: options.bodyLimitBytes ?? 100 * 1024 * 1024,
    timeoutMs: options.scoringTimeoutMs ?? 3_600_000,
    serviceName: options.serviceName ?? options.modelName ?? 'ML service',
    serviceVersion: options.modelVersion ?? '1.0',
    pathPrefix: options.servicePathPrefix ?? '',
  });
  const checkKey = createKeyCheck(options.keys ?? []);
  const isDraining = () => state.draining;
  const server = createHttpServer(options.requestTimeoutMs ?? 300_000);
  const connections = new Connections(server);
  onRequest(server, connections, createRequestListener({ routes, checkKey, log, isDraining }));
  const address = await listen(server, options.host ?? '127.0.0.1', options.port ?? 5001);
  return {
    ...address,
    close: async () => {
      state.draining = true;
      await drain(server, connections);
      log.flush();
    },
  };
}

function createHttpServer(requestTimeout: number): Server {
  const server = createServer({
    requestTimeout,
    headersTimeout: Math.min(requestTimeout, 60_000),
    connectionsCheckingInterval: Math.min(requestTimeout / 2, 30_000),
    // Longer than clients and gateways keep theirs, so that it is not the server who ends a
    // connection on which a request may be on its way.
    keepAliveTimeout: 75_000,
  });
  return server.on('clientError', answerClientError);
}

function onRequest(server: Server, connections: Connections, listener: RequestListener): void {
  const serve: RequestListener = (request, response) => {
    connections.begin(request.socket, response);
    listener(request, response);
  };
  // Whoever asks before sending a body is told to send it by the route that wants it.
  server.on('request', serve).on('checkContinue', serve);
}
