// Commands that change what the run keeps: artifacts, its number and tags, test results.

import { CommandError } from './command-error.ts';
import { message, nameOf, required } from './command-properties.ts';
import type { CommandTarget } from './command-target.ts';
import type { LoggingCommand } from './parse-command.ts';

/** `containerfolder` is a place of a server's file store, which no one here has. */
export function uploadArtifact(command: LoggingCommand, target: CommandTarget): void {
  const name = command.properties.get('artifactname') || required(command, 'containerfolder');
  target.run.publishArtifact(name, message(command, 'the path of a file or folder'));
}

/** Of all that can be associated only files can be kept; the rest is a link that is only shown. */
export function associateArtifact(command: LoggingCommand, target: CommandTarget): void {
  const name = required(command, 'artifactname');
  const type = command.properties.get('type')?.toLowerCase() ?? 'filepath';
  const place = message(command, 'where the artifact is');
  if (type === 'filepath') target.run.publishArtifact(name, place);
  else target.debug(`Artifact '${name}' (${type}) is at ${place}`);
}

export function uploadLog(command: LoggingCommand, target: CommandTarget): void {
  target.run.attach('log', message(command, 'the path of a log file'));
}

export function updateBuildNumber(command: LoggingCommand, target: CommandTarget): void {
  const number = message(command, 'a build number').trim();
  if (number.length > 255 || /["/\\:<>'|?@*]|\.$/.test(number)) {
    throw new CommandError(
      `${nameOf(command)}: '${number}' is no build number; expected up to 255 characters ` +
        `without " / \\ : < > ' | ? @ * and no '.' at the end`,
    );
  }
  target.run.setBuildNumber(number);
}

export function addBuildTag(command: LoggingCommand, target: CommandTarget): void {
  const tag = message(command, 'a tag').trim();
  if (tag.includes(':') || tag === '') {
    throw new CommandError(`${nameOf(command)}: tag '${tag}'; expected a text without ':'`);
  }
  target.run.addBuildTag(tag);
}

/** A release has a name in classic releases only; a run of a pipeline shows its number. */
export function updateReleaseName(command: LoggingCommand, target: CommandTarget): void {
  target.debug(`The release would be called '${message(command, 'a name')}'`);
}

export function publishTests(command: LoggingCommand, target: CommandTarget): void {
  const files = required(command, 'resultfiles').split(',').join('\n');
  const inputs = new Map([
    ['testResultsFormat', required(command, 'type')],
    ['testResultsFiles', files],
  ]);
  copy(command, inputs, {
    mergeresults: 'mergeTestResults',
    runtitle: 'testRunTitle',
    platform: 'buildPlatform',
    config: 'buildConfiguration',
    publishrunattachments: 'publishRunAttachments',
    failtaskonfailedtests: 'failTaskOnFailedTests',
  });
  target.run.runTask('PublishTestResults', 2, inputs);
}

export function publishCoverage(command: LoggingCommand, target: CommandTarget): void {
  const inputs = new Map([['summaryFileLocation', required(command, 'summaryfile')]]);
  copy(command, inputs, {
    codecoveragetool: 'codeCoverageTool',
    reportdirectory: 'reportDirectory',
    additionalcodecoveragefiles: 'additionalCodeCoverageFiles',
  });
  target.run.runTask('PublishCodeCoverageResults', 1, inputs);
}

function copy(
  command: LoggingCommand,
  inputs: Map<string, string>,
  names: Readonly<Record<string, string>>,
): void {
  for (const [property, input] of Object.entries(names)) {
    const value = command.properties.get(property);
    if (value !== undefined && value !== '') inputs.set(input, value);
  }
}

export function publishTelemetry(_command: LoggingCommand, target: CommandTarget): void {
  target.debug('Telemetry goes nowhere');
}
