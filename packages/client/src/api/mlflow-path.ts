// Where MLflow's routes stand on the server.

/** `mlflowPath('runs/get')` is `/api/2.0/mlflow/runs/get`. */
export function mlflowPath(route: string): string {
  return `/api/2.0/mlflow/${route}`;
}
