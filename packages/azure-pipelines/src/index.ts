// The face of the package: what other packages and users may import.

export { completeChecks } from './check/check-specs.ts';
export {
  type ApprovalCheck,
  businessDays,
  type CheckSpec,
  checkTypes,
  type EnvironmentCheck,
  restMethods,
} from './check/environment-check.ts';
export { type ExtendedTemplate, templatePath } from './check/extended-template.ts';
export type { GateAnswer } from './check/gate-answer.ts';
export type { AskedCheck, GateHost, LockAnswer } from './check/gate-host.ts';
export { passGate } from './check/pass-gate.ts';
export { type CompiledPipeline, type CompilePipelineInput, compilePipeline } from './compile.ts';
export {
  type Diagnostic,
  formatDiagnostic,
  formatPlace,
  inclusions,
} from './diagnostic/diagnostic.ts';
export {
  type DiagnosticCode,
  type DiagnosticSeverity,
  diagnosticCodes,
} from './diagnostic/diagnostic-codes.ts';
export { DiagnosticSink } from './diagnostic/diagnostic-sink.ts';
export { didYouMean, listNames, shorten } from './diagnostic/did-you-mean.ts';
export type { AttachmentDetails, AttachmentKind, JobHost } from './execute/job-host.ts';
export type { CutOffJob, JobMemory } from './execute/job-memory.ts';
export { killMarked } from './execute/kill-group.ts';
export { formatLogLine, type LogLine, type LogLineKind } from './execute/log-line.ts';
export { type FinishedJob, type RunJobOptions, runJob } from './execute/run-job.ts';
export type {
  DetailRecord,
  Issue,
  StepPhase,
  StepRecord,
  StepResult,
} from './execute/step-record.ts';
export { type CounterSource, counterFunction, RunCounters } from './expression/counter.ts';
export {
  type ContextFunction,
  type EvaluationContext,
  evaluationContext,
} from './expression/evaluation-context.ts';
export { evaluate } from './expression/evaluator.ts';
export { ExpressionMistake } from './expression/expression-mistake.ts';
export { parseExpression } from './expression/parser.ts';
export { fromPlain, toPlain } from './expression/plain.ts';
export type { TraceSink } from './expression/trace.ts';
export type { ArrayValue, ObjectValue, Value } from './expression/value.ts';
export {
  type BuildFacts,
  compileTimeVariables,
  predefined,
  runVariables,
} from './local-run/build-variables.ts';
export type { RunSelection } from './local-run/check-part.ts';
export {
  type Missing,
  missingSurroundings,
  variableLists,
} from './local-run/check-surroundings.ts';
export { type CommitCheckout, checkOutCommit } from './local-run/checkout-commit.ts';
export { compileLocal } from './local-run/compile-local.ts';
export { cannotRead } from './local-run/disk-error.ts';
export type { LocalEnvironments } from './local-run/environments-file.ts';
export type {
  JobValue,
  VariableExplanation,
  VariableSetting,
} from './local-run/explain/variable-explanation.ts';
export { explainLocal, rehearsalFacts } from './local-run/explain-local.ts';
export { filesBelow } from './local-run/files-below.ts';
export { wantedBy } from './local-run/find-run.ts';
export { git, tryGit } from './local-run/git.ts';
export { keepCoverage, keepTestRun } from './local-run/keep-findings.ts';
export { copyInto, LocalArtifacts } from './local-run/local-artifacts.ts';
export { LocalCache } from './local-run/local-cache.ts';
export { checksOf } from './local-run/local-gate.ts';
export { LocalRunError, type LocalRunErrorCode } from './local-run/local-run-error.ts';
export type { Answer, Ask, LocalRunListener, Question } from './local-run/local-run-listener.ts';
export { LocalServerTasks } from './local-run/local-server-tasks.ts';
export type { RunOptions } from './local-run/make-surroundings.ts';
export { mockHints, withMocks } from './local-run/mock-tasks.ts';
export type { PlainMapping } from './local-run/node-to-plain.ts';
export { readParameter } from './local-run/parameter-value.ts';
export { type PlainFile, plainFile, plainFilesBelow } from './local-run/plain-files.ts';
export { type PreparedPipeline, prepareAgain, prepareLocal } from './local-run/prepare-local.ts';
export { readSettings } from './local-run/read-settings.ts';
export type { RepositoryFacts } from './local-run/repository-facts.ts';
export { rerunFailed } from './local-run/rerun.ts';
export { asFileName, RunFolder } from './local-run/run-folder.ts';
export type { JobRecord, RunRecord } from './local-run/run-record.ts';
export { RunStore } from './local-run/run-store.ts';
export { selectPart } from './local-run/select-part.ts';
export { endOwnRuns, readTrueRun, settleDeadRuns } from './local-run/settle-dead-run.ts';
export { type EndedRun, startRun } from './local-run/start-run.ts';
export { StepLogs, stepLogName } from './local-run/step-logs.ts';
export { readVariableGroup } from './local-run/variable-group-file.ts';
export type {
  Action,
  AwaitStart,
  CancelJob,
  CheckStage,
  Finished,
  JobFinished,
  NodeName,
  Skip,
  StageFinished,
  StartJob,
} from './orchestrate/action.ts';
export type { HookRun, JobOutcome, JobRun, PoolRun } from './orchestrate/job-run.ts';
export { packJobRun, unpackJobRun } from './orchestrate/job-run-json.ts';
export { OrchestrateError, type OrchestrateErrorCode } from './orchestrate/orchestrate-error.ts';
export { type CheckAnswer, Orchestrator } from './orchestrate/orchestrator.ts';
export { plan } from './orchestrate/plan.ts';
export type { Outlook } from './orchestrate/plan-condition.ts';
export type { PlannedJob, PlannedPart, PlannedStage } from './orchestrate/planned.ts';
export type { RerunScope } from './orchestrate/rerun.ts';
export { isSuccess, type Result, type ResultName, resultName } from './orchestrate/result.ts';
export type {
  EnvironmentResource,
  GivenVariable,
  GivenVariables,
  RunFacts,
} from './orchestrate/run-facts.ts';
export type { RunState } from './orchestrate/run-state.ts';
export type { Variables, VariableValue } from './orchestrate/variable-value.ts';
export { type StepList, stepLists } from './pipeline/all-steps.ts';
export type { TaskCatalogue } from './pipeline/check/check-tasks.ts';
export type {
  CanaryStrategy,
  DeploymentStrategy,
  Environment,
  Hook,
  HookName,
  Hooks,
  RollingStrategy,
  RunOnceStrategy,
} from './pipeline/deployment.ts';
export type { PrintedYaml } from './pipeline/final-yaml/print-yaml.ts';
export type {
  AgentPool,
  GroupVariable,
  Job,
  LockBehavior,
  MatrixLeg,
  MatrixStrategy,
  ParallelStrategy,
  Pipeline,
  Pool,
  RuntimeStrategy,
  ServerPool,
  Stage,
  Strategy,
  Text,
  Uses,
  ValueVariable,
  VariableEntry,
  Workspace,
} from './pipeline/pipeline.ts';
export type {
  CompletionTrigger,
  Container,
  ContainerTrigger,
  OtherResource,
  PipelineResource,
  RepositoryResource,
  Resources,
  WebhookResource,
} from './pipeline/resources.ts';
export { isCheckout, type Step, type StepTarget, type TaskReference } from './pipeline/step.ts';
export { toFinalYaml } from './pipeline/to-final-yaml.ts';
export { toPipeline } from './pipeline/to-pipeline.ts';
export { withAzStandIn, withoutAzStandIn } from './task/azure/az-choice.ts';
export { builtInRegistry } from './task/built-in-tasks.ts';
export {
  type CoverageFormat,
  type CoverageReport,
  type Covered,
  percentOf,
  type SourceCoverage,
} from './task/coverage/coverage-report.ts';
export { type LoadedTasks, loadTaskFolders } from './task/node-host/load-task-folders.ts';
export { loadNodeTask } from './task/node-host/node-task.ts';
export { findProgram } from './task/program.ts';
export type {
  ManualDecision,
  ManualQuestion,
  ServerRequest,
  ServerResponse,
  ServerTaskContext,
  ServerTaskHost,
} from './task/server/server-task.ts';
export { connectionValue, type ServiceConnection } from './task/service-connection.ts';
export type {
  AgentTask,
  PostContext,
  ServerTask,
  TaskContext,
  TaskDefinition,
  TaskFolders,
  TaskInputs,
  TaskRuntime,
  TaskVariables,
} from './task/task.ts';
export type {
  ArtifactStore,
  CacheRequest,
  CacheStore,
  CheckoutOptions,
  PublishOptions,
  RunSelector,
  TaskHost,
} from './task/task-host.ts';
export { input, type TaskInput, type TaskInputKind } from './task/task-input.ts';
export {
  failed,
  succeeded,
  succeededWithIssues,
  TaskFailure,
  type TaskOutcome,
  type TaskResult,
} from './task/task-outcome.ts';
export { TaskRegistry } from './task/task-registry.ts';
export {
  countTests,
  type TestCase,
  type TestCounts,
  type TestFormat,
  type TestOutcome,
  type TestRun,
} from './task/test-results/test-run.ts';
export { type DeclaredParameter, declaredParameters } from './template/declared-parameters.ts';
export { type CompileInput, expandTemplates } from './template/expand-templates.ts';
export { sourceOf, type TemplateSource } from './template/template-source.ts';
export {
  type Entry,
  entryOf,
  type KeyNode,
  type MappingNode,
  type Node,
  type ScalarNode,
  type SequenceNode,
  textOf,
  valueAt,
} from './text/node.ts';
export type { Origin } from './text/origin.ts';
export { type PlainValue, plainOf } from './text/plain-value.ts';
export { readYaml } from './text/read-yaml.ts';
export {
  type BatchedRun,
  type BatchState,
  type BatchStep,
  idleBatch,
  pushed,
  runEnded,
} from './trigger/batch.ts';
export {
  decideOnCompletion,
  isTriggeredByCompletion,
  refOfTriggeredRun,
  type SourceResult,
  type SourceRun,
} from './trigger/completion.ts';
export { Cron } from './trigger/cron.ts';
export type { Decision } from './trigger/decision.ts';
export { decideOnImage } from './trigger/image.ts';
export {
  decideOnPullRequest,
  isTriggeredByPullRequest,
  type PullRequest,
} from './trigger/pull-request.ts';
export { decideOnPush, decideOnResourcePush, isTriggeredBy, type Push } from './trigger/push.ts';
export {
  cleanRunName,
  defaultRunName,
  formatRunName,
  type RunName,
  type RunNameFacts,
} from './trigger/run-name.ts';
export {
  decideOnSchedule,
  isScheduledOn,
  nextScheduledTimes,
  type ScheduleFacts,
} from './trigger/schedule.ts';
export { branchRef, isTagRef, shortName, sourceBranchName } from './trigger/source-branch.ts';
export type { Filters, PullRequestTrigger, PushTrigger, Schedule } from './trigger/trigger.ts';
export { decideOnWebhook, isSignedWebhook } from './trigger/webhook.ts';
export { matchesWildcard } from './trigger/wildcard.ts';
