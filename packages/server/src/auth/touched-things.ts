// Finds the experiments and registered models that a request touches: the one place where what its
// input names is looked up. What is not there touches nothing, as the handler will say so.
import {
  artifactOf,
  isLoggedModelId,
  type Right,
  type Thing,
  versionOf,
} from '@ridgeline/workspace';
import type { FastifyRequest } from 'fastify';
import { toRunId } from '../azureml/run-id.ts';
import { ServerError } from '../errors/server-error.ts';
import { splitProxyPath } from '../mlflow/artifact-address.ts';
import type { ServerContext } from '../server-context.ts';
import type { Touch, TouchKind } from './touch.ts';

export interface TouchedThing {
  readonly thing: Thing;
  readonly right: Right;
}

/** Each is looked up: more are asked for in several requests. */
const maxNamed = 1_000;

/** @throws ServerError INVALID_PARAMETER_VALUE for what names nothing that can be */
export async function touchedThings(
  context: ServerContext,
  request: FastifyRequest,
  touches: readonly Touch[],
): Promise<readonly TouchedThing[]> {
  const found = new Map<string, TouchedThing>();
  for (const { right, kind, at, otherwise } of touches) {
    for (const named of namedAt(request, at, otherwise)) {
      for (const thing of await thingsOf[kind](context, named)) {
        found.set(JSON.stringify([right, thing]), { right, thing });
      }
    }
  }
  return [...found.values()];
}

type Find = (context: ServerContext, named: string) => Promise<readonly Thing[]>;

export const thingsOf: Readonly<Record<TouchKind, Find>> = {
  experiment: async (_context, id) => [experiment(id)],
  experimentName: async ({ workspace }, name) => {
    const found = await ifThere(workspace.experiments.getByName(name));
    return found === null ? [] : [experiment(found.experiment_id)];
  },
  // Where a route takes the id of a run, some take that of a logged model as well.
  run: async (context, named) => {
    if (isLoggedModelId(named)) return thingsOf.loggedModel(context, named);
    const { workspace, jobs } = context;
    const id = toRunId(named);
    const experimentId =
      (await ifThere(workspace.runs.experimentIdOf(id))) ??
      (await ifThere(jobs.get(id)))?.experimentId;
    return experimentId === undefined ? [] : [experiment(experimentId)];
  },
  loggedModel: async ({ workspace }, id) => {
    const experimentId = await ifThere(workspace.loggedModels.experimentIdOf(id));
    return experimentId === null ? [] : [experiment(experimentId)];
  },
  artifactPath: async (context, path) => thingsOf.run(context, splitProxyPath(path).ownerId),
  artifactFolder: async (context, path) =>
    thingsOf.artifactPath(context, `${path.replace(/\/$/, '')}/file`),
  model: async (_context, name) => [model(name)],
  modelVersion: async (_context, named) => {
    const name = named.replace(/[:@][^:@]*$/, '');
    // A model may itself be called azureml.
    return [model(name), model(name.replace(/^azureml:/, ''))];
  },
  modelSource: async (context, source) => {
    const version = versionOf(source);
    if (version !== null) return [model(version.name)];
    const owner = artifactOf(source);
    return owner === null ? [] : thingsOf.run(context, owner.ownerId);
  },
  endpoint: async ({ endpoints }, name) => {
    const found = await ifThere(endpoints.get(name));
    return (found?.deployments ?? []).map((deployment) => model(deployment.model.name));
  },
};

function experiment(id: string): Thing {
  // Written with zeros in front, it is the same one.
  return { kind: 'experiment', id: /^\d{1,15}$/.test(id) ? String(Number(id)) : id };
}

function model(name: string): Thing {
  return { kind: 'model', name };
}

/** Null for what is not there, or cannot be. */
async function ifThere<T>(looking: Promise<T>): Promise<T | null> {
  try {
    return await looking;
  } catch (error) {
    const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
    if (status >= 500) throw error;
    return null;
  }
}

function namedAt(
  request: FastifyRequest,
  at: readonly string[],
  otherwise: string | undefined,
): ReadonlySet<string> {
  const values = at.flatMap((way) =>
    way.split('.').reduce<readonly unknown[]>(stepInto, [request]),
  );
  const named = new Set(values.filter((value) => typeof value === 'string' && value !== ''));
  if (named.size > maxNamed) {
    const message = `a request may name ${maxNamed} runs and models at most, this one names ${named.size}`;
    throw new ServerError('INVALID_PARAMETER_VALUE', message);
  }
  if (named.size === 0 && otherwise !== undefined) return new Set([otherwise]);
  return named as ReadonlySet<string>;
}

function stepInto(values: readonly unknown[], key: string): readonly unknown[] {
  return values.flatMap((value) => {
    if (typeof value !== 'object' || value === null) return [];
    const inner: unknown = (value as Readonly<Record<string, unknown>>)[key];
    return Array.isArray(inner) ? inner : [inner];
  });
}
