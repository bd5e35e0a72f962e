// The client of S3, and of what speaks like it (MinIO, Ceph, R2), set up by AWS's own variables.
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';

const connectMs = 5_000;
// Without a byte in either direction.
const silentMs = 60_000;

export function s3Client(environment: NodeJS.ProcessEnv): S3Client {
  const endpoint =
    environment.AWS_ENDPOINT_URL_S3 ||
    environment.AWS_ENDPOINT_URL ||
    environment.MLFLOW_S3_ENDPOINT_URL;
  const region = environment.AWS_REGION || environment.AWS_DEFAULT_REGION;
  // Another maker's store has no regions, and no DNS names of buckets.
  const elsewhere = { endpoint, forcePathStyle: true, region: region || 'us-east-1' };
  return new S3Client({
    ...(endpoint ? elsewhere : region ? { region } : {}),
    ...credentialsOf(environment),
    followRegionRedirects: true,
    maxAttempts: 3,
    // Other makers' stores do not know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: connectMs, socketTimeout: silentMs },
  });
}

/** Without a key in the environment: what the SDK finds, such as a profile or the role of a machine. */
function credentialsOf(environment: NodeJS.ProcessEnv): Pick<S3ClientConfig, 'credentials'> {
  const accessKeyId = environment.AWS_ACCESS_KEY_ID;
  const secretAccessKey = environment.AWS_SECRET_ACCESS_KEY;
  const sessionToken = environment.AWS_SESSION_TOKEN;
  if (!accessKeyId || !secretAccessKey) return {};
  return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } };
}
