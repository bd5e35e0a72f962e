// The shapes that agents send.
import Type from 'typebox';
import { closed, TextByName } from './schema-parts.ts';

export const Uuid = Type.String({
  pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
  description: 'A UUID in lower case',
});
const Line = Type.String({ pattern: '^[^\\n]*$', maxLength: 2 * 1024 * 1024 });
const Count = Type.Integer({ minimum: 0 });
const ShortText = Type.String({ maxLength: 2_000 });
const stepResults = ['succeeded', 'succeededWithIssues', 'failed', 'canceled', 'skipped'] as const;

export const Session = Type.Object(
  {
    session: Uuid,
    version: Type.String(),
    slots: Type.Integer(),
    capabilities: TextByName,
  },
  closed,
);

export const Poll = Type.Object(
  {
    session: Uuid,
    accepts: Type.Optional(Type.Boolean({ description: 'False: no new jobs; default true' })),
    holding: Type.Array(
      Type.Object({ lease: Uuid, canceling: Type.Optional(Type.Boolean()) }, closed),
      { maxItems: 1_000 },
    ),
  },
  closed,
);

export const Leave = Type.Object({ session: Uuid }, closed);

const Issue = Type.Object(
  {
    type: Type.Enum(['error', 'warning']),
    message: Type.String(),
    sourcePath: Type.Optional(Type.String()),
    lineNumber: Type.Optional(Type.Number()),
    columnNumber: Type.Optional(Type.Number()),
    code: Type.Optional(Type.String()),
  },
  closed,
);

const Detail = Type.Object(
  {
    id: Type.String(),
    parentId: Type.Optional(Type.String()),
    type: Type.Optional(Type.String()),
    name: Type.Optional(Type.String()),
    order: Type.Optional(Type.Number()),
    startTime: Type.Optional(Type.String()),
    finishTime: Type.Optional(Type.String()),
    progress: Type.Optional(Type.Number()),
    state: Type.Optional(Type.String()),
    result: Type.Optional(Type.String()),
  },
  closed,
);

const StepRecord = Type.Object(
  {
    id: Type.String({ maxLength: 200 }),
    order: Count,
    phase: Type.Enum(['job', 'pre', 'main', 'post']),
    refName: Type.String(),
    displayName: Type.String(),
    task: Type.Optional(Type.Object({ name: Type.String(), version: Type.String() }, closed)),
    state: Type.Enum(['pending', 'inProgress', 'completed']),
    result: Type.Optional(Type.Enum([...stepResults])),
    startTime: Type.Optional(Type.String()),
    finishTime: Type.Optional(Type.String()),
    attempt: Count,
    percentComplete: Type.Optional(Type.Number()),
    currentOperation: Type.Optional(Type.String()),
    issues: Type.Array(Issue, { maxItems: 1_000 }),
    errorCount: Count,
    warningCount: Count,
    conditionTrace: Type.Optional(Type.Array(Type.String())),
    details: Type.Array(Detail),
  },
  closed,
);

export const Report = Type.Object(
  {
    steps: Type.Array(StepRecord, { maxItems: 10_000 }),
    log: Type.Array(
      Type.Object({ step: ShortText, from: Count, lines: Type.Array(Line) }, closed),
      { maxItems: 10_000 },
    ),
  },
  closed,
);

export const End = Type.Object(
  {
    result: Type.Enum([...stepResults]),
    outputs: TextByName,
    secretOutputs: Type.Array(Type.String(), { description: 'Names of those that are secret' }),
    problem: Type.Union([Type.String({ maxLength: 10_000 }), Type.Null()], {
      description: 'What failed outside of its steps',
    }),
  },
  closed,
);
