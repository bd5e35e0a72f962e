// MLflow's routes for addresses at which a client could reach a cloud's storage itself. Artifacts
// here go through the server, so there are none, and clients are told so in MLflow's words.
import Type from 'typebox';
import { ServerError } from '../errors/server-error.ts';
import { type MlflowRoute, mlflowRoute } from './mlflow-route.ts';
import { WholeNumber } from './wire.ts';

const Input = Type.Object({
  run_id: Type.Optional(Type.String()),
  model_id: Type.Optional(Type.String()),
  path: Type.String(),
  expiration: Type.Optional(WholeNumber),
});

export function presignedRoutes(): readonly MlflowRoute[] {
  return [
    presignedRoute('upload', 'contributorOrStep'),
    presignedRoute('download', 'readerOrStep'),
  ];
}

function presignedRoute(
  way: 'upload' | 'download',
  access: 'contributorOrStep' | 'readerOrStep',
): MlflowRoute {
  return mlflowRoute({
    method: 'POST',
    path: `artifacts/presigned-${way}-url`,
    access,
    summary: `An address of a cloud's storage for the ${way} of an artifact; here there is none`,
    input: Input,
    handle: async () => {
      throw new ServerError(
        'INVALID_PARAMETER_VALUE',
        `Presigned ${way} is not supported for proxied artifact storage; ${way} through ` +
          '/api/2.0/mlflow-artifacts/artifacts/<experiment id>/<run id>/artifacts/<path>',
      );
    },
  });
}
