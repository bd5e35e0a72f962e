// Every logging command that there is.

import type { CommandTarget } from './command-target.ts';
import type { LoggingCommand } from './parse-command.ts';
import * as run from './run-commands.ts';
import * as step from './step-commands.ts';
import * as variable from './variable-commands.ts';

export interface KnownCommand {
  /** A step whose target restricts it may use the command all the same. */
  readonly restricted?: true;
  readonly apply: (command: LoggingCommand, target: CommandTarget) => void;
}

const restricted = true;

/** By area and event. */
export const commands: Readonly<Record<string, Readonly<Record<string, KnownCommand>>>> = {
  task: {
    setvariable: { restricted, apply: variable.setVariable },
    settaskvariable: { restricted, apply: variable.setTaskVariable },
    setsecret: { restricted, apply: variable.setSecret },
    prependpath: { restricted, apply: variable.prependPath },
    setendpoint: { apply: variable.setEndpoint },
    logissue: { restricted, apply: step.logIssue },
    issue: { restricted, apply: step.logIssue },
    complete: { restricted, apply: step.complete },
    setprogress: { restricted, apply: step.setProgress },
    logdetail: { restricted, apply: step.logDetail },
    debug: { restricted, apply: step.debug },
    uploadsummary: { apply: step.uploadSummary },
    uploadfile: { apply: step.uploadFile },
    addattachment: { apply: step.addAttachment },
  },
  artifact: {
    upload: { apply: run.uploadArtifact },
    associate: { apply: run.associateArtifact },
  },
  build: {
    uploadlog: { apply: run.uploadLog },
    updatebuildnumber: { apply: run.updateBuildNumber },
    addbuildtag: { apply: run.addBuildTag },
  },
  release: { updatereleasename: { apply: run.updateReleaseName } },
  results: { publish: { apply: run.publishTests } },
  codecoverage: { publish: { apply: run.publishCoverage } },
  telemetry: { publish: { apply: run.publishTelemetry } },
};
