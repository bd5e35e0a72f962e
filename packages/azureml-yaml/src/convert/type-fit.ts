// Whether a value of one type can be bound to an input of another.
import type { LiteralType, LiteralValue, PortType } from '../job/port-types.ts';
import { literalTypes } from '../schema/port-schemas.ts';

/** Any literal can be text; numbers are told apart only by their values; a file is no folder, and
 * a custom model may be either. */
export function typesFit(target: PortType, source: PortType): boolean {
  if (target === source) return true;
  if (isLiteral(target) !== isLiteral(source)) return false;
  if (isLiteral(target)) {
    return target === 'string' || (isNumeric(target) && isNumeric(source));
  }
  const oneIsFile = (target === 'uri_file') !== (source === 'uri_file');
  return !oneIsFile || target === 'custom_model' || source === 'custom_model';
}

/** As `typesFit`, of a value that is not there yet: a number need not be whole. */
export function literalTypesFit(target: PortType, source: PortType): boolean {
  return typesFit(target, source) && !(target === 'integer' && source === 'number');
}

export function valueFits(type: LiteralType, value: LiteralValue): boolean {
  if (type === 'string') return true;
  if (type === 'integer') return Number.isSafeInteger(value);
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value);
  return typeof value === 'boolean';
}

export function isLiteral(type: PortType): type is LiteralType {
  return literalTypes.some((literal) => literal === type);
}

function isNumeric(type: PortType): boolean {
  return type === 'number' || type === 'integer';
}
