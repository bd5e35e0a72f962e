// What a build hands on of the model that it has registered, as the artifact `model.json`:
// node register/model-record.ts --models FILE --output FILE
// The first file is what `ridgeline model list --tag BuildId=N --json` prints, the newest first.

import { readFile, writeFile } from 'node:fs/promises';
import type { MlflowModelVersion } from '@ridgeline/client';
import { readFlags } from '../shared/flags.ts';
import { ProjectError } from '../shared/project-error.ts';
import { runStep } from '../shared/run-step.ts';

/** The keys that Azure ML's command line has for a model. */
export interface ModelRecord {
  /** UTC, ISO 8601. */
  readonly createdTime: string;
  readonly framework: 'Custom';
  readonly frameworkVersion: null;
  /** `name:version`. */
  readonly id: string;
  readonly name: string;
  readonly version: number;
}

type Version = Pick<MlflowModelVersion, 'name' | 'version' | 'creation_timestamp'>;

/** @throws ProjectError MODEL_NOT_REGISTERED */
export function modelRecord([newest]: readonly Version[]): ModelRecord {
  if (newest === undefined) throw notRegistered();
  const { name, version, creation_timestamp: created } = newest;
  return {
    createdTime: new Date(created).toISOString(),
    framework: 'Custom',
    frameworkVersion: null,
    id: `${name}:${version}`,
    name,
    version: Number(version),
  };
}

/** The line on standard output is what people and programs know; the error says what to look at. */
function notRegistered(): ProjectError {
  console.log('Model was not registered for this run.');
  return new ProjectError(
    'MODEL_NOT_REGISTERED',
    "no model carries this build's tag: training failed, or its model was not better than the one " +
      "in production; 'ridgeline job list' and 'ridgeline job show' tell which",
  );
}

if (import.meta.main) {
  await runStep(async () => {
    const { models, output } = readFlags(['models', 'output']);
    const record = modelRecord(JSON.parse(await readFile(models, 'utf8')));
    await writeFile(output, `${JSON.stringify(record)}\n`);
  });
}
