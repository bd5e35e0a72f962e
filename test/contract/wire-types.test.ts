// The client writes down the shapes of the HTTP API anew, as it imports nothing of ours. Here the
// type check holds them against the packages that make them: a drift is a type error.
import type * as wire from '@ridgeline/client';
import type * as endpoints from '@ridgeline/endpoints';
import type * as jobs from '@ridgeline/jobs';
import type * as workspace from '@ridgeline/workspace';
import { expectTypeOf, test } from 'vitest';

test('what the server answers is what the client expects', () => {
  expectTypeOf<jobs.Job>().toExtend<wire.Job>();
  expectTypeOf<jobs.Verdict>().toEqualTypeOf<wire.Verdict>();
  expectTypeOf<jobs.JobStatus>().toEqualTypeOf<wire.JobStatus>();
  expectTypeOf<endpoints.Endpoint>().toExtend<wire.Endpoint>();
  expectTypeOf<endpoints.EndpointKeys>().toEqualTypeOf<wire.EndpointKeys>();
  expectTypeOf<workspace.DataAsset>().toExtend<wire.DataAsset>();
  expectTypeOf<workspace.Experiment>().toExtend<wire.MlflowExperiment>();
  expectTypeOf<workspace.ModelVersion>().toExtend<wire.MlflowModelVersion>();
  expectTypeOf<workspace.RegisteredModel>().toExtend<wire.MlflowRegisteredModel>();
});

test('what the client sends is what the server takes', () => {
  expectTypeOf<wire.JobSubmission>().toExtend<jobs.JobSubmission>();
  expectTypeOf<wire.EndpointSpec>().toExtend<endpoints.EndpointSpec>();
});
