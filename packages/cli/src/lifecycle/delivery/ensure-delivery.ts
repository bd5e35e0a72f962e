// What the project's delivery uses of the workspace, made where it is missing: the variable group, the
// service connection, the delivery pipelines. What is there stays as its owner has it, but for two
// facts that the next start may change: the server's address, and where the project lies.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { readVariableGroup } from '@ridgeline/azure-pipelines';
import {
  type DeliveryPipeline,
  hasCode,
  type NewDefinitionVariable,
  type RidgelineClient,
} from '@ridgeline/client';
import type { DeliveryFiles } from '../project.ts';
import type { ProjectRepository } from './project-repository.ts';

export const variableGroup = 'devopsforai-aml-vg';
/** The release finds the builds of training by that name: it stands in the release's YAML. */
export const trainingPipeline = 'Model-Train-Register-CI';
export const releasePipeline = 'Model-Deploy-CD';
export const batchScoringPipeline = 'Batch-Scoring-CI';

const connectionName = 'aml-workspace-connection';
const connectionWords = 'The workspace of this server; its address is kept up to date.';
const dependencies = 'DEPENDENCIES_FOLDER';

export interface DeliveryHome {
  readonly client: RidgelineClient;
  /** Of the project. */
  readonly folder: string;
  readonly files: DeliveryFiles;
  readonly repository: ProjectRepository;
  /** What Azure ML's addresses call the workspace. */
  readonly workspaceName: string;
}

/** What was made, in words. */
export async function ensureDelivery(home: DeliveryHome): Promise<readonly string[]> {
  return [
    ...(await ensureVariableGroup(home)),
    ...(await ensureConnection(home)),
    ...(await ensurePipelines(home)),
  ];
}

async function ensureVariableGroup({ client, folder, files }: DeliveryHome) {
  if (await isThere(client.variableGroups.get(variableGroup))) return [];
  const example = await readVariableGroup(path.join(folder, files.variableGroup));
  const plain = [...example]
    // The steps of a build have the server's address already.
    .filter(([name]) => name !== 'RIDGELINE_URL')
    .map(([name, { value }]) => [name, { value }] as const);
  const token = { value: await newToken(client, 'delivery pipelines'), isSecret: true };
  await client.variableGroups.create({
    name: variableGroup,
    description: 'Of the delivery pipelines; the release deploys to the services that are named.',
    variables: { ...Object.fromEntries(plain), RIDGELINE_TOKEN: token },
    allowAllPipelines: true,
  });
  return [`variable group ${variableGroup}`];
}

async function ensureConnection({ client, workspaceName }: DeliveryHome) {
  const there = await found(client.serviceConnections.get(connectionName));
  if (there !== null) {
    const isOurs = there.description === connectionWords;
    if (isOurs && there.url !== client.url)
      await client.serviceConnections.update(connectionName, { url: client.url });
    return [];
  }
  await client.serviceConnections.create({
    name: connectionName,
    type: 'ridgeline',
    description: connectionWords,
    url: client.url,
    parameters: { apitoken: await newToken(client, 'service connection') },
    data: {
      subscriptionId: '00000000-0000-0000-0000-000000000000',
      resourceGroupName: 'ridgeline',
      mlWorkspaceName: workspaceName,
    },
    allowAllPipelines: true,
  });
  return [`service connection ${connectionName}`];
}

/** Builds of what was pushed may train and deploy, and change nobody's rights. */
async function newToken(client: RidgelineClient, name: string): Promise<string> {
  return (await client.tokens.create({ name, role: 'Contributor' })).token;
}

async function ensurePipelines(home: DeliveryHome): Promise<readonly string[]> {
  const { files, folder } = home;
  const settable = (name: string, value: string) => ({ name, value, allowOverride: true });
  const packages = settable(dependencies, findPackages(folder));
  const training = [settable('auto-trigger-training', 'true'), settable('build-train-script', '')];
  const wanted: ReadonlyArray<readonly [string, string, readonly NewDefinitionVariable[]]> = [
    [trainingPipeline, files.training, [packages, ...training]],
    [releasePipeline, files.release, [packages]],
    [batchScoringPipeline, files.batchScoring, [packages]],
  ];
  const made: string[] = [];
  for (const [name, yamlPath, variables] of wanted)
    if (await ensurePipeline(home, name, yamlPath, variables)) made.push(name);
  return made.length === 0 ? [] : [`pipelines ${made.join(', ')}`];
}

async function ensurePipeline(
  { client, folder, repository }: DeliveryHome,
  name: string,
  yamlPath: string,
  variables: readonly NewDefinitionVariable[],
): Promise<boolean> {
  const { location, branch } = repository;
  const there = await found(client.deliveryPipelines.get(name));
  if (there !== null) {
    await followMove(client, there, folder, location);
    return false;
  }
  const place = { location, ...(branch !== null && { branch }) };
  await client.deliveryPipelines.create({ name, repository: place, yamlPath, variables });
  return true;
}

/** A project or a workspace that was moved has left its old place behind. */
async function followMove(
  client: RidgelineClient,
  { name, repository, variables }: DeliveryPipeline,
  folder: string,
  location: string,
): Promise<void> {
  const isGone = (place: string) => path.isAbsolute(place) && !existsSync(place);
  const packages = variables.find((variable) => variable.name === dependencies);
  const repositoryIsGone = isGone(repository.location);
  const packagesAreGone = packages !== undefined && isGone(packages.value);
  if (!repositoryIsGone && !packagesAreGone) return;
  const moved = variables.map((variable) =>
    variable === packages && packagesAreGone
      ? { ...variable, value: findPackages(folder) }
      : variable,
  );
  await client.deliveryPipelines.update(name, {
    ...(repositoryIsGone && { repository: { ...repository, location } }),
    ...(packagesAreGone && { variables: moved }),
  });
}

/** The packages that the project runs with, its own or those of the clone around it; empty: none. */
function findPackages(folder: string): string {
  for (let at = folder; ; at = path.dirname(at)) {
    const packages = path.join(at, 'node_modules');
    if (existsSync(path.join(packages, '@ridgeline/client'))) return packages;
    if (at === path.dirname(at)) return '';
  }
}

async function isThere(asked: Promise<unknown>): Promise<boolean> {
  return (await found(asked)) !== null;
}

async function found<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && notFound.some((code) => hasCode(error, code))) return null;
    throw error;
  }
}

const notFound = [
  'VARIABLE_GROUP_NOT_FOUND',
  'SERVICE_CONNECTION_NOT_FOUND',
  'DELIVERY_PIPELINE_NOT_FOUND',
];
