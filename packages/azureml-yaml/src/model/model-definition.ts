// A model to register, as Azure ML's `model` files say it.

export const modelTypes = ['custom_model', 'mlflow_model', 'triton_model'] as const;
export type ModelType = (typeof modelTypes)[number];

export interface ModelDefinition {
  readonly name: string;
  /** Null: the workspace takes the next one. */
  readonly version: string | null;
  /** Default `custom_model`, as in Azure ML. */
  readonly type: ModelType;
  /** A local path, `azureml://datastores/…`, `azureml://jobs/JOB/outputs/…` or `runs:/RUN/PATH`, as
   * written. */
  readonly path: string;
  readonly description: string | null;
  readonly tags: ReadonlyMap<string, string>;
  readonly properties: ReadonlyMap<string, string>;
  readonly stage: string | null;
}
