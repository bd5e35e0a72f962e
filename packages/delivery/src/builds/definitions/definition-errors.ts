// What can be wrong with a delivery pipeline beside its own words.
import { DeliveryError } from '../../errors.ts';

export function notFound(name: string): DeliveryError {
  const message = `there is no delivery pipeline '${name}'; list them with 'ridgeline delivery-pipeline list'`;
  return new DeliveryError('DELIVERY_PIPELINE_NOT_FOUND', message);
}

export function exists(name: string): DeliveryError {
  const message = `there is a delivery pipeline '${name}' already; choose another name, or update that one`;
  return new DeliveryError('DELIVERY_PIPELINE_EXISTS', message);
}

export function noValue(name: string): DeliveryError {
  const message = `secret variable '${name}' has no value yet; give it one`;
  return new DeliveryError('DELIVERY_PIPELINE_INVALID', message);
}

export function stillRuns(name: string, build: number): DeliveryError {
  const message = `build ${build} of '${name}' has not ended; cancel it, or wait for its end`;
  return new DeliveryError('BUILD_STILL_RUNS', message);
}
