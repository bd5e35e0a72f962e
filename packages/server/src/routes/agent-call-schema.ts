// What a step on an agent can ask of the server.
import Type, { type TProperties } from 'typebox';
import { Uuid } from './agent-schemas.ts';
import { closed } from './schema-parts.ts';

function call<const Kind extends string, Fields extends TProperties>(kind: Kind, fields: Fields) {
  return Type.Object({ kind: Type.Literal(kind), ...fields }, closed);
}

const Text = Type.String({ maxLength: 10_000 });
const Count = Type.Integer({ minimum: 0 });
const Sent = Type.Object({ transfer: Uuid, file: Type.Optional(Text), count: Count }, closed);

const Run = Type.Union([
  Type.Object({ kind: Type.Literal('resource'), alias: Text }, closed),
  Type.Object(
    {
      kind: Type.Literal('pipeline'),
      pipeline: Text,
      project: Type.Optional(Text),
      version: Type.Enum(['latest', 'latestFromBranch', 'specific']),
      branch: Type.Optional(Text),
      runId: Type.Optional(Text),
      tags: Type.Optional(Type.Array(Text)),
      allowPartiallySucceeded: Type.Optional(Type.Boolean()),
      allowFailed: Type.Optional(Type.Boolean()),
      preferTriggering: Type.Optional(Type.Boolean()),
    },
    closed,
  ),
]);

const CheckoutOptions = Type.Object(
  {
    clean: Type.Boolean(),
    fetchDepth: Count,
    fetchFilter: Type.Optional(Text),
    fetchTags: Type.Boolean(),
    lfs: Type.Boolean(),
    submodules: Type.Union([Type.Boolean(), Type.Literal('recursive')]),
    persistCredentials: Type.Boolean(),
    sparseDirectories: Type.Array(Text),
    sparsePatterns: Type.Array(Text),
  },
  closed,
);

const TestRun = Type.Object(
  {
    title: Type.String(),
    format: Type.Enum(['JUnit', 'NUnit', 'VSTest', 'XUnit', 'CTest']),
    files: Type.Array(Type.String()),
    cases: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          suite: Type.String(),
          outcome: Type.Enum(['passed', 'failed', 'skipped']),
          durationMs: Type.Number(),
          message: Type.Optional(Type.String()),
          stackTrace: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
    platform: Type.Optional(Type.String()),
    configuration: Type.Optional(Type.String()),
  },
  closed,
);

const Covered = Type.Object({ covered: Type.Number(), total: Type.Number() }, closed);
const Coverage = Type.Object(
  {
    format: Type.Enum(['Cobertura', 'JaCoCo']),
    files: Type.Array(Type.String()),
    lines: Covered,
    branches: Covered,
    sources: Type.Array(Type.Object({ path: Type.String(), lines: Covered }, closed)),
  },
  closed,
);

const Details = Type.Object(
  { step: Text, name: Type.Optional(Text), type: Type.Optional(Text) },
  closed,
);

export const Call = Type.Union([
  call('serviceConnection', { name: Text }),
  call('secureFile', { name: Text }),
  call('vaultSecrets', { vault: Text }),
  call('checkout', {
    repository: Text,
    ref: Type.Optional(Text),
    options: CheckoutOptions,
    transfer: Uuid,
  }),
  call('publishArtifact', { name: Text, merge: Type.Boolean(), source: Sent }),
  call('downloadArtifact', {
    name: Text,
    patterns: Type.Array(Text),
    run: Type.Optional(Run),
    transfer: Uuid,
  }),
  call('listArtifacts', { run: Type.Optional(Run) }),
  call('publishTestRun', { run: TestRun }),
  call('publishCoverage', { report: Coverage, reportFolder: Type.Optional(Sent) }),
  call('attach', {
    attachment: Type.Enum(['summary', 'file', 'log', 'attachment']),
    source: Sent,
    details: Type.Optional(Details),
  }),
  call('setBuildNumber', { buildNumber: Text }),
  call('addBuildTag', { tag: Text }),
  call('endTransfer', { transfer: Uuid }),
]);
