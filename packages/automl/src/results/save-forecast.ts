// The chosen forecast as a folder in MLflow's format.
import { saveForecastModel } from '@ridgeline/learn/model-folder';
import type { ForecastResult } from '../forecasting/forecast-result.ts';
import type { ModelOrigin } from './save-best-model.ts';

export async function saveForecast(
  folder: string,
  { model }: ForecastResult,
  origin: ModelOrigin | null,
): Promise<void> {
  await saveForecastModel(folder, {
    model,
    overwrite: true,
    ...(origin !== null &&
      origin.runId !== null && { runId: origin.runId, artifactPath: origin.artifactPath }),
  });
}
