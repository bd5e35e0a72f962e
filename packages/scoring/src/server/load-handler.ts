// Chooses what answers: the user's script where there is one, else the model itself.

import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ScoringError } from '../errors.ts';
import { loadModelHandler } from '../handler/model-handler.ts';
import { currentRequestId } from '../handler/request-context.ts';
import type { ScoringHandler } from '../handler/scoring-handler.ts';
import { loadScriptHandler } from '../handler/script-handler.ts';
import type { ScoringLog } from './log.ts';

export interface HandlerOptions {
  readonly modelFolder: string;
  readonly scriptPath?: string;
}

export async function loadHandler(
  { modelFolder, scriptPath }: HandlerOptions,
  log: ScoringLog,
): Promise<ScoringHandler> {
  const folder = resolve(modelFolder);
  if (scriptPath === undefined) {
    return loadModelHandler(folder, (report) => {
      log.info(currentRequestId(), JSON.stringify(report));
    });
  }
  await requireFolder(folder);
  // Azure's name for the place where a script's init() finds its model.
  process.env.AZUREML_MODEL_DIR = folder;
  return loadScriptHandler(scriptPath);
}

async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory()) return;
  throw new ScoringError(
    'SCORING_MODEL_FOLDER_NOT_FOUND',
    `model folder ${folder} ${found === null ? 'does not exist' : 'is not a folder'}`,
  );
}
