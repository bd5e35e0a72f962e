// The public face of @ridgeline/azureml-yaml.
export { type AssetReference, parseAssetReference } from './asset/asset-reference.ts';
export { type CommandValues, renderCommand } from './command/render-command.ts';
export {
  type DataAssetDefinition,
  type ParsedDataAsset,
  parseDataAsset,
} from './data-asset/parse-data-asset.ts';
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
export { AzureMlYamlError, type AzureMlYamlErrorCode } from './errors.ts';
export { topologicalOrder } from './graph/topological-order.ts';
export { type AssignedJob, assignInputs } from './job/assign-inputs.ts';
export type {
  CommandFields,
  CommandJob,
  CommandStep,
  DataPipelineInput,
  DataStepInput,
  DataType,
  InputMode,
  Job,
  LiteralPipelineInput,
  LiteralStepInput,
  LiteralType,
  LiteralValue,
  OutputMode,
  ParentInputBinding,
  PipelineInput,
  PipelineJob,
  PipelineOutput,
  PipelineSettings,
  StepInput,
  StepOutput,
  StepOutputBinding,
} from './job/job-types.ts';
export { type LocalPaths, localPaths } from './job/local-paths.ts';
export { type ParsedJob, parseJob } from './job/parse-job.ts';
export { toPipeline } from './job/to-pipeline.ts';
export { detectKind } from './kind/detect-kind.ts';
export type { FileKind } from './kind/schema-names.ts';
export type { ParseOptions } from './parse-file.ts';
export type { SourcePosition } from './text/source.ts';
