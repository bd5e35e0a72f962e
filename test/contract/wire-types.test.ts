// The client writes down the shapes of the HTTP API anew, as it imports nothing of ours. Here the
// type check holds them against the packages that make them: a drift is a type error.
import type * as wire from '@ridgeline/client';
import type * as delivery from '@ridgeline/delivery';
import type * as endpoints from '@ridgeline/endpoints';
import type * as jobs from '@ridgeline/jobs';
import type * as workspace from '@ridgeline/workspace';
import { expectTypeOf, test } from 'vitest';

// The server adds the address by which a caller reaches it.
type WithAddress = { readonly restEndpoint: string };
type Published = jobs.PublishedPipeline & WithAddress;
type PublishedEndpoint = jobs.PipelineEndpoint & WithAddress;

test('what the server answers is what the client expects', () => {
  expectTypeOf<jobs.Job>().toExtend<wire.Job>();
  expectTypeOf<jobs.Verdict>().toEqualTypeOf<wire.Verdict>();
  expectTypeOf<jobs.JobStatus>().toEqualTypeOf<wire.JobStatus>();
  expectTypeOf<jobs.ScheduleDetails>().toExtend<wire.ScheduleDetails>();
  expectTypeOf<jobs.Firing>().toExtend<wire.Firing>();
  expectTypeOf<endpoints.Endpoint>().toExtend<wire.Endpoint>();
  expectTypeOf<Published>().toExtend<wire.PublishedPipeline>();
  expectTypeOf<PublishedEndpoint>().toExtend<wire.PipelineEndpoint>();
  expectTypeOf<endpoints.EndpointKeys>().toEqualTypeOf<wire.EndpointKeys>();
  expectTypeOf<workspace.DataAsset>().toExtend<wire.DataAsset>();
  expectTypeOf<workspace.Environment>().toExtend<wire.RegisteredEnvironment>();
  expectTypeOf<workspace.Component>().toExtend<wire.Component>();
  expectTypeOf<workspace.Compute>().toEqualTypeOf<wire.Compute>();
  expectTypeOf<workspace.DatastoreInfo>().toEqualTypeOf<wire.Datastore>();
  expectTypeOf<workspace.Experiment>().toExtend<wire.MlflowExperiment>();
  expectTypeOf<workspace.AccessToken>().toExtend<wire.AccessToken>();
  expectTypeOf<workspace.User>().toExtend<wire.User>();
  expectTypeOf<workspace.Role>().toEqualTypeOf<wire.Role>();
  expectTypeOf<workspace.Permission>().toEqualTypeOf<wire.Permission>();
  expectTypeOf<workspace.Grant>().toExtend<wire.PermissionGrant>();
  expectTypeOf<
    workspace.ServicePrincipal & { tenantId: string }
  >().toExtend<wire.ServicePrincipal>();
  expectTypeOf<workspace.ClientCredential>().toEqualTypeOf<wire.ClientCredential>();
  expectTypeOf<workspace.Issuer>().toEqualTypeOf<wire.Issuer>();
  expectTypeOf<workspace.GarbageReport>().toEqualTypeOf<wire.GarbageReport>();
  expectTypeOf<workspace.Change>().toExtend<wire.ChangeEvent>();
  expectTypeOf<wire.EventKind>().toEqualTypeOf<workspace.ChangeKind>();
  expectTypeOf<workspace.ModelLineage>().toEqualTypeOf<wire.ModelLineage>();
  expectTypeOf<workspace.LineageLoggedModel>().toEqualTypeOf<wire.LineageLoggedModel>();
  expectTypeOf<workspace.DataLineage>().toEqualTypeOf<wire.DataLineage>();
  expectTypeOf<workspace.Webhook>().toExtend<wire.Webhook>();
  expectTypeOf<workspace.WebhookTestResult>().toEqualTypeOf<wire.WebhookTestResult>();
  expectTypeOf<workspace.ModelVersion>().toExtend<wire.MlflowModelVersion>();
  expectTypeOf<workspace.RegisteredModel>().toExtend<wire.MlflowRegisteredModel>();
  expectTypeOf<delivery.DeliveryPipeline>().toExtend<wire.DeliveryPipeline>();
  expectTypeOf<delivery.TriggerState>().toExtend<wire.TriggerState>();
  expectTypeOf<delivery.Build>().toExtend<wire.Build>();
  expectTypeOf<delivery.Agent>().toEqualTypeOf<wire.Agent>();
  expectTypeOf<delivery.RegisteredAgent>().toEqualTypeOf<wire.RegisteredAgent>();
  expectTypeOf<delivery.OpenedSession>().toEqualTypeOf<wire.OpenedAgentSession>();
  expectTypeOf<delivery.PollAnswer>().toExtend<wire.AgentPollAnswer>();
  expectTypeOf<delivery.JobOffer>().toEqualTypeOf<wire.AgentJobOffer>();
  expectTypeOf<delivery.CallAnswer>().toEqualTypeOf<wire.AgentCallAnswer>();
  expectTypeOf<delivery.BuildSummary>().toExtend<wire.BuildSummary>();
  expectTypeOf<delivery.BuildArtifact>().toEqualTypeOf<wire.BuildArtifact>();
  expectTypeOf<delivery.LogLines>().toEqualTypeOf<wire.BuildLog>();
  expectTypeOf<delivery.VariableGroup>().toExtend<wire.VariableGroup>();
  expectTypeOf<delivery.ServiceConnectionInfo>().toExtend<wire.ServiceConnection>();
  expectTypeOf<delivery.DeliveryEnvironment>().toExtend<wire.DeliveryEnvironment>();
  expectTypeOf<delivery.SecureFile>().toEqualTypeOf<wire.SecureFile>();
  expectTypeOf<delivery.Deployment>().toEqualTypeOf<wire.EnvironmentDeployment>();
});

test('what the client sends is what the server takes', () => {
  expectTypeOf<wire.NewUser>().toExtend<workspace.NewUser>();
  expectTypeOf<wire.NewIssuer>().toExtend<workspace.NewIssuer>();
  expectTypeOf<wire.NewCredential>().toExtend<workspace.NewCredential>();
  expectTypeOf<wire.JobSubmission>().toExtend<jobs.JobSubmission>();
  expectTypeOf<wire.NewEnvironment>().toExtend<workspace.NewEnvironment>();
  expectTypeOf<wire.NewComponent>().toExtend<workspace.NewComponent>();
  expectTypeOf<wire.NewCompute>().toExtend<workspace.NewCompute>();
  expectTypeOf<wire.NewDataAsset>().toExtend<workspace.NewDataAsset>();
  expectTypeOf<wire.NewDatastore>().toExtend<workspace.NewDatastore>();
  expectTypeOf<wire.ScheduleSpec>().toExtend<jobs.ScheduleSpec>();
  expectTypeOf<wire.NewPublishedPipeline>().toExtend<jobs.Publication>();
  expectTypeOf<wire.NewPipelineEndpoint>().toExtend<jobs.NewPipelineEndpoint>();
  expectTypeOf<wire.PipelineStart>().toExtend<jobs.PipelineStart>();
  expectTypeOf<wire.EndpointSpec>().toExtend<endpoints.EndpointSpec>();
  expectTypeOf<wire.NewDeliveryPipeline>().toExtend<delivery.NewDeliveryPipeline>();
  expectTypeOf<wire.DeliveryPipelineChanges>().toExtend<delivery.DeliveryPipelineChanges>();
  expectTypeOf<wire.NewAgent>().toEqualTypeOf<delivery.NewAgent>();
  expectTypeOf<wire.AgentChanges>().toEqualTypeOf<delivery.AgentChanges>();
  expectTypeOf<wire.AgentFacts>().toEqualTypeOf<delivery.AgentFacts>();
  expectTypeOf<wire.AgentPoll>().toEqualTypeOf<delivery.Poll>();
  expectTypeOf<
    wire.AgentReport<delivery.StepReport['steps'][number]>
  >().toEqualTypeOf<delivery.StepReport>();
  expectTypeOf<wire.NewBuild>().toExtend<delivery.BuildRequest>();
  expectTypeOf<wire.BuildQuery>().toExtend<delivery.BuildFilter>();
  expectTypeOf<wire.NewVariableGroup>().toExtend<delivery.NewVariableGroup>();
  expectTypeOf<wire.VariableGroupChanges>().toExtend<delivery.VariableGroupChanges>();
  expectTypeOf<wire.NewServiceConnection>().toExtend<delivery.NewServiceConnection>();
  expectTypeOf<wire.ServiceConnectionChanges>().toExtend<delivery.ServiceConnectionChanges>();
  expectTypeOf<wire.NewDeliveryEnvironment>().toExtend<delivery.NewDeliveryEnvironment>();
  expectTypeOf<wire.DeliveryEnvironmentChanges>().toExtend<delivery.DeliveryEnvironmentChanges>();
  expectTypeOf<wire.NewSecureFile>().toExtend<delivery.NewSecureFile>();
  expectTypeOf<wire.SecureFileChanges>().toExtend<delivery.SecureFileChanges>();
});
