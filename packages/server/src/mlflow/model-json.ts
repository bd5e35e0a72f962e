// The model that MLflow's clients before 3.0 say they have logged, which is JSON within JSON.
import { ServerError } from '../errors/server-error.ts';

const modelFields = ['artifact_path', 'flavors', 'utc_time_created', 'run_id'];

/** @throws ServerError INVALID_PARAMETER_VALUE */
export function modelOf(json: string): object {
  const model = parsed(json);
  const missing = modelFields.filter((field) => !Object.hasOwn(model, field));
  if (missing.length === 0) return model;
  const message = `model_json is missing mandatory fields: ${missing.join(', ')}`;
  throw new ServerError('INVALID_PARAMETER_VALUE', message);
}

function parsed(json: string): object {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below.
  }
  throw new ServerError('INVALID_PARAMETER_VALUE', 'model_json is not a JSON object');
}
