// The routes that an app registers, as they register: nothing can hide from it.
import { channel } from 'node:diagnostics_channel';
import type { FastifyInstance, RouteOptions } from 'fastify';

/** Runs `work`, which builds an app, and gives its routes: one for each method. */
export async function routesOf(work: () => Promise<unknown>): Promise<readonly RouteOptions[]> {
  const routes: RouteOptions[] = [];
  const onBuilt = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', (route) => {
      for (const method of [route.method].flat()) routes.push({ ...route, method });
    });
  };
  const building = channel('fastify.initialization');
  building.subscribe(onBuilt);
  try {
    await work();
  } finally {
    building.unsubscribe(onBuilt);
  }
  return routes;
}
