// The public face of @ridgeline/azureml-yaml.
export { type AssetReference, parseAssetReference } from './asset/asset-reference.ts';
export { folderOf, pathFrom } from './asset/relative-path.ts';
export { type CommandValues, renderCommand } from './command/render-command.ts';
export type {
  ComponentDefinition,
  ComponentType,
} from './component/component-definition.ts';
export type { ComponentSource, ComponentText } from './component/component-source.ts';
export { type ParsedComponent, parseComponent } from './component/parse-component.ts';
export type { ComputeDefinition, ComputeType } from './compute/compute-definition.ts';
export { type ParsedCompute, parseCompute } from './compute/parse-compute.ts';
export type { MlTable, MlTablePath, MlTableReader } from './data-asset/ml-table.ts';
export {
  type DataAssetDefinition,
  type ParsedDataAsset,
  parseDataAsset,
} from './data-asset/parse-data-asset.ts';
export { type ParsedMlTable, parseMlTable } from './data-asset/parse-ml-table.ts';
export type { DatastoreDefinition, DatastoreType } from './datastore/datastore-definition.ts';
export { type ParsedDatastore, parseDatastore } from './datastore/parse-datastore.ts';
export {
  type OnlineDeployment,
  type ParsedDeployment,
  parseDeployment,
} from './deployment/parse-deployment.ts';
export { type Diagnostic, formatDiagnostic } from './diagnostic/diagnostic.ts';
export {
  type DiagnosticCode,
  type DiagnosticSeverity,
  diagnosticCodes,
} from './diagnostic/diagnostic-codes.ts';
export {
  type EndpointDefinition,
  type ParsedEndpoint,
  parseEndpoint,
} from './endpoint/parse-endpoint.ts';
export type {
  CondaFile,
  EnvironmentDefinition,
} from './environment/environment-definition.ts';
export { type InlineEnvironment, readInlineEnvironment } from './environment/inline-environment.ts';
export { type ParsedCondaFile, parseCondaFile } from './environment/parse-conda-file.ts';
export { type ParsedEnvironment, parseEnvironment } from './environment/parse-environment.ts';
export { AzureMlYamlError, type AzureMlYamlErrorCode } from './errors.ts';
export { topologicalOrder } from './graph/topological-order.ts';
export { type AssignedJob, assignInputs } from './job/assign-inputs.ts';
export type {
  AutoMLFeaturization,
  AutoMLFields,
  AutoMLForecasting,
  AutoMLLimits,
  AutoMLTask,
  AutoMLTraining,
} from './job/automl-types.ts';
export { localCondaFiles } from './job/conda-files.ts';
export type {
  AutoMLJob,
  CommandJob,
  Job,
  ParallelJob,
  PipelineJob,
  PipelineSettings,
  SweepJob,
  WorkJob,
} from './job/job-types.ts';
export { codeOf, type LocalPaths, localPaths } from './job/local-paths.ts';
export { maxItems, parseItems } from './job/parse-items.ts';
export { type ComponentOptions, type ParsedJob, parseJob } from './job/parse-job.ts';
export type {
  DataPipelineInput,
  DataStepInput,
  DataType,
  InputMode,
  ItemBinding,
  LiteralPipelineInput,
  LiteralStepInput,
  LiteralType,
  LiteralValue,
  OutputMode,
  OutputRegistration,
  ParentInputBinding,
  PipelineInput,
  PipelineOutput,
  PortType,
  StepInput,
  StepOutput,
  StepOutputBinding,
} from './job/port-types.ts';
export type {
  AutoMLStep,
  CommandFields,
  CommandStep,
  ConditionStep,
  ForEachItem,
  ForEachStep,
  LoopStep,
  OutputOfStep,
  ParallelFields,
  ParallelStep,
  ParallelTask,
  Priority,
  RetryPolicy,
  Step,
  StepBase,
  StepType,
  SweepStep,
  WorkFields,
} from './job/step-types.ts';
export type {
  Distribution,
  EarlyTermination,
  Sampling,
  SweepFields,
  SweepTrial,
} from './job/sweep-types.ts';
export { toPipeline } from './job/to-pipeline.ts';
export { detectKind } from './kind/detect-kind.ts';
export type { FileKind } from './kind/schema-names.ts';
export type { ModelDefinition, ModelType } from './model/model-definition.ts';
export { type ParsedModel, parseModel } from './model/parse-model.ts';
export type { ParseOptions } from './parse-file.ts';
export { type ParsedSchedule, parseSchedule } from './schedule/parse-schedule.ts';
export type {
  CronTrigger,
  RecurrencePattern,
  RecurrenceTrigger,
  ScheduleDefinition,
  ScheduledJob,
  WeekDay,
} from './schedule/schedule-definition.ts';
export type { PlainValue } from './text/plain-value.ts';
export type { SourcePosition } from './text/source.ts';
export { yamlMistakes } from './text/yaml-mistakes.ts';
