// MLflow's limits, under one roof. Lengths are in characters (Unicode code points).

export const limits = {
  /** Keys of metrics, params and tags, and names of runs. */
  keyLength: 250,
  paramValueLength: 6_000,
  tagValueLength: 8_000,
  experimentNameLength: 500,
  experimentTagValueLength: 5_000,
  artifactLocationLength: 256,
  metricsPerBatch: 1_000,
  paramsPerBatch: 100,
  tagsPerBatch: 100,
  entitiesPerBatch: 1_000,
  datasetsPerRequest: 1_000,
  datasetNameLength: 500,
  datasetDigestLength: 36,
  datasetSourceLength: 65_535,
  datasetSchemaLength: 1_048_575,
  datasetProfileLength: 16_777_215,
  inputTagKeyLength: 255,
  inputTagValueLength: 500,
  modelNameLength: 256,
  modelDescriptionLength: 5_000,
  modelTagValueLength: 100_000,
  modelSourceLength: 500,
  aliasLength: 255,
} as const;
