// Typed arrays in a model's JSON: `{ "float32": "<base64 of the little-endian bytes>" }`, exact and a
// third of the size of digits. Reading takes nothing on trust.

import { base64ByteLength, fromBase64, toBase64 } from './base64.ts';
import { checkLength, invalidField, type LengthLimits, record } from './read-fields.ts';

export interface PackedFloat32 {
  readonly float32: string;
}
export interface PackedFloat64 {
  readonly float64: string;
}
export interface PackedInt32 {
  readonly int32: string;
}
export interface PackedUint32 {
  readonly uint32: string;
}
export interface PackedUint8 {
  readonly uint8: string;
}

/** Limits of a packed array; NaN and infinities are refused unless `notFinite` allows them. */
export interface PackedLimits extends LengthLimits {
  readonly notFinite?: boolean;
}

export function packFloat32(values: Float32Array): PackedFloat32 {
  return { float32: pack(values) };
}

export function packFloat64(values: Float64Array): PackedFloat64 {
  return { float64: pack(values) };
}

export function packInt32(values: Int32Array): PackedInt32 {
  return { int32: pack(values) };
}

export function packUint32(values: Uint32Array): PackedUint32 {
  return { uint32: pack(values) };
}

export function packUint8(values: Uint8Array): PackedUint8 {
  return { uint8: pack(values) };
}

/** @throws LearnError MODEL_INVALID naming `what`. */
export function unpackFloat32(value: unknown, what: string, limits: PackedLimits = {}) {
  const values = new Float32Array(unpack(value, what, 'float32', 4, limits));
  if (limits.notFinite !== true) checkFinite(values, what);
  return values;
}

/** @throws LearnError MODEL_INVALID naming `what`. */
export function unpackFloat64(value: unknown, what: string, limits: PackedLimits = {}) {
  const values = new Float64Array(unpack(value, what, 'float64', 8, limits));
  if (limits.notFinite !== true) checkFinite(values, what);
  return values;
}

/** @throws LearnError MODEL_INVALID naming `what`. */
export function unpackInt32(value: unknown, what: string, limits: LengthLimits = {}) {
  return new Int32Array(unpack(value, what, 'int32', 4, limits));
}

/** @throws LearnError MODEL_INVALID naming `what`. */
export function unpackUint32(value: unknown, what: string, limits: LengthLimits = {}) {
  return new Uint32Array(unpack(value, what, 'uint32', 4, limits));
}

/** @throws LearnError MODEL_INVALID naming `what`. */
export function unpackUint8(value: unknown, what: string, limits: LengthLimits = {}) {
  return new Uint8Array(unpack(value, what, 'uint8', 1, limits));
}

interface Packable {
  readonly buffer: ArrayBufferLike;
  readonly byteOffset: number;
  readonly byteLength: number;
  readonly BYTES_PER_ELEMENT: number;
}

function pack({ buffer, byteOffset, byteLength, BYTES_PER_ELEMENT }: Packable): string {
  // A copy also where nothing is swapped: btoa takes no shared memory.
  const bytes = new Uint8Array(buffer, byteOffset, byteLength).slice();
  return toBase64(inLittleEndian(bytes, BYTES_PER_ELEMENT));
}

function unpack(
  value: unknown,
  what: string,
  type: string,
  itemBytes: number,
  limits: LengthLimits,
): ArrayBuffer {
  const packed = record(value, what)[type];
  if (typeof packed !== 'string') throw invalidField(`${what} has no '${type}'`);
  // The length is checked before any memory is taken.
  const byteLength = base64ByteLength(packed);
  if (byteLength < 0 || byteLength % itemBytes !== 0) throw notPacked(what, type);
  checkLength(byteLength / itemBytes, what, limits);
  const bytes = fromBase64(packed);
  if (bytes === null) throw notPacked(what, type);
  return inLittleEndian(bytes, itemBytes).buffer;
}

function notPacked(what: string, type: string) {
  return invalidField(`${what} is not the base64 text of ${type} values`);
}

const machineIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** The bytes, in place, turned round within each item where the machine is big-endian. */
function inLittleEndian(bytes: Uint8Array<ArrayBuffer>, itemBytes: number) {
  if (machineIsLittleEndian || itemBytes === 1) return bytes;
  for (let at = 0; at < bytes.length; at += itemBytes) bytes.subarray(at, at + itemBytes).reverse();
  return bytes;
}

function checkFinite(values: Float32Array | Float64Array, what: string): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) throw invalidField(`${what} at index ${at} is not a finite number`);
}
