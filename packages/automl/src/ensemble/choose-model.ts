// The end of a search: the model that is handed out. Of all that may be, the best by the primary metric
// that keeps to the limits.
import {
  bag,
  blend,
  calibrated,
  type FittedModel,
  readModel,
  stack,
  TabularModel,
} from '@ridgeline/learn';
import { AutoMLError } from '../errors.ts';
import type { Ledger } from '../search/ledger.ts';
import type { Session } from '../search/session.ts';
import { calibrateChoice } from './calibrate.ts';
import type { Choice } from './choose-members.ts';
import { hedge } from './hedge.ts';
import { type ModelOption, modelOptions } from './model-options.ts';
import { refit } from './refit.ts';

export interface ChosenModel {
  readonly option: ModelOption;
  readonly model: TabularModel;
}

/** @throws AutoMLError NO_MODEL_FOUND when there is none, or none within the limits. */
export async function chooseModel(session: Session, ledger: Ledger): Promise<ChosenModel> {
  const ranked = ledger.ranked();
  if (ranked.length === 0) throw noModel(ledger);
  const options = modelOptions(session, ranked);
  const option = options.find((each) => keepsLimits(session, each));
  if (option === undefined) throw noneWithinLimits(session, options);
  const fitted = option.form === 'bag' ? ensembled(option) : await single(session, option);
  const { choice, model } = sobered(session, option.choice, fitted);
  const { encoder, target } = session.made;
  const names = { targetName: target.name, targetType: target.type };
  return { option: { ...option, choice }, model: new TabularModel({ ...names, encoder, model }) };
}

/** The model made as sure of itself as the rows held out allow. */
function sobered(session: Session, choice: Choice, model: FittedModel) {
  const found = model.kind === 'classifier' ? calibrateChoice(session, choice) : null;
  if (found === null || model.kind !== 'classifier') return hedge(session, choice, model);
  return hedge(session, found.choice, calibrated(model, found.calibration));
}

function ensembled({ choice, meta }: ModelOption): FittedModel {
  const bags = choice.members.map(({ evaluated, weight }) => {
    return { weight, models: (evaluated.models ?? []).map(readBytes) };
  });
  if (meta !== null) {
    return stack(
      bags.map(({ models }) => (models.length === 1 ? models[0] : bag(models))),
      meta,
    );
  }
  // One flat blend: a bag within a blend would say the same in two steps.
  const parts = bags.flatMap(({ weight, models }) => {
    return models.map((model) => ({ model, weight: weight / models.length }));
  });
  return parts.length === 1 ? parts[0].model : blend(parts);
}

/** One model on all rows; where that fails or time is short, the first fold's. */
async function single(session: Session, { choice }: ModelOption): Promise<FittedModel> {
  const [{ evaluated }] = choice.members;
  const fitted = await refit(session, evaluated);
  return readBytes(fitted ?? (evaluated.models ?? [])[0]);
}

function readBytes(bytes: Uint8Array): FittedModel {
  return readModel(JSON.parse(new TextDecoder().decode(bytes)));
}

function keepsLimits({ settings }: Session, { bytes, microsecondsPerRow }: ModelOption): boolean {
  const { maxModelBytes, maxLatencyMicroseconds } = settings;
  return (
    bytes <= (maxModelBytes ?? Number.POSITIVE_INFINITY) &&
    microsecondsPerRow <= (maxLatencyMicroseconds ?? Number.POSITIVE_INFINITY)
  );
}

function noneWithinLimits({ settings }: Session, options: readonly ModelOption[]): AutoMLError {
  const { maxModelBytes, maxLatencyMicroseconds } = settings;
  const bytes = Math.min(...options.map((option) => option.bytes));
  const microseconds = Math.min(...options.map((option) => option.microsecondsPerRow));
  const asked = [
    ...(maxModelBytes === null ? [] : [`maxModelBytes ${maxModelBytes}`]),
    ...(maxLatencyMicroseconds === null
      ? []
      : [`maxLatencyMicroseconds ${maxLatencyMicroseconds}`]),
  ];
  return new AutoMLError(
    'NO_MODEL_FOUND',
    `no model keeps to ${asked.join(' and ')}: the smallest has ${Math.ceil(bytes)} bytes, and the quickest takes ` +
      `${microseconds.toPrecision(3)} microseconds a row; raise the limits, or allow smaller learners such as ridge`,
  );
}

function noModel(ledger: Ledger): AutoMLError {
  const failed = ledger.all.find(({ trial }) => trial.error !== null)?.trial;
  const why =
    failed === undefined
      ? 'no trial was made'
      : `trial ${failed.number} (${failed.description}): ${failed.error}`;
  return new AutoMLError(
    'NO_MODEL_FOUND',
    `the search found no model: ${why}; give it more time or other learners, or look at the data`,
  );
}
