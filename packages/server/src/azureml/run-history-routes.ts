// Azure ML's run history (v1): the details of runs, their children, their files, and queries.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { anyone } from '../auth/access.ts';
import { touch, touching } from '../auth/touch.ts';
import { ServerError } from '../errors/server-error.ts';
import type { ServerContext } from '../server-context.ts';
import { historyAddresses as at, routePath } from './addresses.ts';
import { speakAzure } from './azureml-scope.ts';
import { childrenOf, findRun, queryRuns } from './find-runs.ts';
import { knownKeys, withKnownKeys } from './read-body.ts';
import { toRunId } from './run-id.ts';
import { logFilesOf, readContent } from './run-log.ts';
import { originOf } from './run-url.ts';
import { LinkSigner } from './signed-link.ts';

const tags = ['azureml'];
const ofRun = touching(touch('read', 'run', 'params.runId'));
const ofExperiment = touching(touch('read', 'experimentName', 'params.experiment'));
const Query = Type.Object({
  Filter: Type.Optional(
    Type.String({ description: "Such as `Tags/BuildId eq '7' and status ne 'Failed'`" }),
  ),
  Top: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000, description: 'Default 100' })),
  Skip: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000, description: 'Default 0' })),
  ContinuationToken: Type.Optional(Type.String({ description: 'From the answer before' })),
});
const queryKeys = knownKeys(Object.keys(Query.properties));
const File = Type.Object({ path: Type.String({ minLength: 1, maxLength: 1_024 }) });
const Link = Type.Object({
  path: Type.String({ minLength: 1, maxLength: 1_024 }),
  se: Type.String({ pattern: '^[0-9]{1,15}$' }),
  sig: Type.String({ maxLength: 100 }),
});

const one = { tags, summary: 'A run' };
const details = { tags, summary: 'A run with its logs' };
const children = { tags, summary: 'The runs below a run' };
const contentInfo = { tags, summary: 'Where a file of a run can be fetched', querystring: File };
const content = {
  tags,
  summary: 'A file of a run, by a link that `contentinfo` has given',
  querystring: Link,
};
const query = { tags, summary: 'The runs of an experiment that a filter asks for', body: Query };

const defaultTop = 100;

interface ByRun {
  readonly Params: { readonly runId: string };
}
interface ByFile extends ByRun {
  readonly Querystring: Static<typeof File>;
}
interface ByLink extends ByRun {
  readonly Querystring: Static<typeof Link>;
}
interface ByExperiment {
  readonly Params: { readonly experiment: string };
  readonly Body: Static<typeof Query>;
}

export function runHistoryRoutes(app: FastifyInstance, context: ServerContext): void {
  speakAzure(app, context);
  const links = new LinkSigner();
  const find = ({ params }: FastifyRequest<ByRun>) => findRun(context, toRunId(params.runId));
  const linkTo = (request: FastifyRequest, runId: string, path: string): string => {
    const { se, sig } = links.sign(runId, path);
    const address = at.content.replace(':runId', encodeURIComponent(runId));
    return `${originOf(request, context)}${address}?${new URLSearchParams({ path, se, sig })}`;
  };

  for (const address of [at.run, at.experimentRun]) {
    app.get<ByRun>(routePath(address), { ...ofRun.reader, schema: one }, async (request) => {
      const { record } = await find(request);
      return record;
    });
  }

  for (const address of [at.details, at.experimentDetails, at.experimentIdDetails]) {
    app.get<ByRun>(routePath(address), { ...ofRun.reader, schema: details }, async (request) => {
      const run = await find(request);
      const { runId } = run.record;
      const files = logFilesOf(run).map((path) => [path, linkTo(request, runId, path)] as const);
      return {
        ...run.record,
        inputDatasets: [],
        outputDatasets: [],
        logFiles: Object.fromEntries(files),
      };
    });
  }

  for (const address of [at.children, at.experimentChildren]) {
    app.get<ByRun>(
      routePath(address),
      { ...ofRun.reader, schema: children },
      async ({ params }) => ({
        value: await childrenOf(context, toRunId(params.runId)),
        continuationToken: null,
        nextLink: null,
      }),
    );
  }

  for (const address of [at.contentInfo, at.experimentContentInfo]) {
    app.get<ByFile>(
      routePath(address),
      { ...ofRun.reader, schema: contentInfo },
      async (request) => {
        const run = await find(request);
        const { path } = request.query;
        const { runId } = run.record;
        // Opened once, so that who gets a link can rely on it.
        (await readContent(context, run, path)).stream.destroy();
        const contentUri = linkTo(request, runId, path);
        return { container: `dcid.${runId}`, path, contentUri };
      },
    );
  }

  // Open to anyone as far as tokens go: the signature is what guards it.
  app.get<ByLink>(routePath(at.content), { ...anyone, schema: content }, async (request, reply) => {
    const { runId } = request.params;
    if (!links.isValid({ runId, ...request.query })) {
      throw new ServerError('PERMISSION_DENIED', 'this link is not valid, or no longer; ask again');
    }
    const run = await findRun(context, runId);
    const { stream, sizeBytes } = await readContent(context, run, request.query.path);
    if (sizeBytes !== null) reply.header('content-length', sizeBytes);
    return reply
      .header('x-content-type-options', 'nosniff')
      .header('content-disposition', 'attachment')
      .type('text/plain; charset=utf-8')
      .send(stream);
  });

  app.post<ByExperiment>(
    routePath(at.query),
    {
      ...ofExperiment.reader,
      schema: query,
      preValidation: async (request) => {
        request.body = withKnownKeys(request.body, queryKeys) as ByExperiment['Body'];
      },
    },
    async ({ params, body }) => answer(context, params.experiment, body),
  );
}

async function answer(
  context: ServerContext,
  experimentName: string,
  { Filter = '', Top: top = defaultTop, Skip, ContinuationToken }: Static<typeof Query>,
) {
  const experiment = await context.workspace.experiments.getByName(experimentName);
  const skip = Skip ?? offsetOf(ContinuationToken);
  const { experiment_id: id, name } = experiment;
  const { records, hasMore } = await queryRuns(
    context,
    { id, name },
    { filter: Filter, top, skip },
  );
  const continuationToken = hasMore ? String(skip + records.length) : null;
  return { value: records, continuationToken, nextLink: null };
}

/** @throws ServerError INVALID_PARAMETER_VALUE */
function offsetOf(token = '0'): number {
  if (/^\d{1,5}$/.test(token)) return Number(token);
  throw new ServerError('INVALID_PARAMETER_VALUE', 'this ContinuationToken was not given here');
}
