// Objects of S3 that come in parts: S3's multipart uploads.
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { unquoted } from '../etag.ts';
import type { ObjectUploads, SignedAddress, UploadedPart } from '../object-store.ts';
import { uploadInvalid } from '../object-store-errors.ts';
import { s3Error, s3Failure } from './s3-errors.ts';
import type { S3Place } from './s3-object-store.ts';

const endedCodes = ['NoSuchUpload', 'NoSuchKey'];
const invalidCodes = [...endedCodes, 'InvalidPart', 'InvalidPartOrder', 'EntityTooSmall'];

export class S3Uploads implements ObjectUploads {
  readonly #place: S3Place;

  constructor(place: S3Place) {
    this.#place = place;
  }

  async create(key: string): Promise<string> {
    const command = new CreateMultipartUploadCommand(this.#at(key));
    const { UploadId = '' } = await this.#asked(this.#place.client.send(command));
    return UploadId;
  }

  async put(key: string, uploadId: string, part: number, content: Uint8Array): Promise<string> {
    const command = this.#partCommand(key, uploadId, part, content);
    return unquoted((await this.#asked(this.#place.client.send(command))).ETag);
  }

  async complete(key: string, uploadId: string, parts: readonly UploadedPart[]): Promise<string> {
    const command = new CompleteMultipartUploadCommand({
      ...this.#at(key),
      UploadId: uploadId,
      MultipartUpload: {
        Parts: parts.map(({ part, etag }) => ({ PartNumber: part, ETag: `"${etag}"` })),
      },
    });
    return unquoted((await this.#asked(this.#place.client.send(command))).ETag);
  }

  async abort(key: string, uploadId: string): Promise<void> {
    const command = new AbortMultipartUploadCommand({ ...this.#at(key), UploadId: uploadId });
    try {
      await this.#place.client.send(command);
    } catch (error) {
      if (endedCodes.includes(s3Failure(error).code)) return;
      throw s3Error(error, this.#place.address);
    }
  }

  async sign(key: string, uploadId: string, part: number, seconds: number): Promise<SignedAddress> {
    const command = this.#partCommand(key, uploadId, part);
    const signing = getSignedUrl(this.#place.client, command, { expiresIn: seconds });
    return { url: await this.#asked(signing), headers: {} };
  }

  #partCommand(key: string, uploadId: string, part: number, content?: Uint8Array) {
    const body = content === undefined ? {} : { Body: content };
    return new UploadPartCommand({
      ...this.#at(key),
      ...body,
      UploadId: uploadId,
      PartNumber: part,
    });
  }

  #at(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.#place.bucket, Key: this.#place.fullKey(key) };
  }

  async #asked<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      const { code, status } = s3Failure(error);
      if (status !== undefined && invalidCodes.includes(code)) {
        throw uploadInvalid(`is not complete, or has ended: ${code}`);
      }
      throw s3Error(error, this.#place.address);
    }
  }
}
