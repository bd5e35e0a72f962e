// The command `ridgeline` with all its commands.
import { Command } from 'commander';
import packageFile from '../package.json' with { type: 'json' };
import { ciCommand } from './ci/ci-command.ts';
import { agentCommand } from './commands/agent-command.ts';
import { automlCommand } from './commands/automl-command.ts';
import { batchScoreCommand } from './commands/batch-score-command.ts';
import { buildCommand } from './commands/build-command.ts';
import { componentCommand } from './commands/component-command.ts';
import { computeCommand } from './commands/compute-command.ts';
import { createCommand } from './commands/create-command.ts';
import { dataCommand } from './commands/data-command.ts';
import { datastoreCommand } from './commands/datastore-command.ts';
import { deliveryEnvironmentCommand } from './commands/delivery-environment-command.ts';
import { deliveryPipelineCommand } from './commands/delivery-pipeline-command.ts';
import { endpointCommand } from './commands/endpoint-command.ts';
import { environmentCommand } from './commands/environment-command.ts';
import { eventsCommand } from './commands/events-command.ts';
import { gcCommand } from './commands/gc-command.ts';
import { initCommand } from './commands/init-command.ts';
import { jobCommand } from './commands/job-command.ts';
import { loginCommand, logoutCommand, whoamiCommand } from './commands/login-command.ts';
import { modelCommand } from './commands/model-command.ts';
import { pipelineCommand } from './commands/pipeline-command.ts';
import { pipelineEndpointCommand } from './commands/pipeline-endpoint-command.ts';
import { scheduleCommand } from './commands/schedule-command.ts';
import { secretCommand } from './commands/secret-command.ts';
import { secureFileCommand } from './commands/secure-file-command.ts';
import { serviceConnectionCommand } from './commands/service-connection-command.ts';
import { servicePrincipalCommand } from './commands/service-principal-command.ts';
import { tokenCommand } from './commands/token-command.ts';
import { issuerCommand, keysCommand, tenantCommand } from './commands/trust-commands.ts';
import { upCommand } from './commands/up-command.ts';
import { userCommand } from './commands/user-command.ts';
import { variableGroupCommand } from './commands/variable-group-command.ts';
import { webhookCommand } from './commands/webhook-command.ts';

export function createProgram(): Command {
  const program = new Command('ridgeline')
    .description('the machine-learning lifecycle on one machine')
    .version(packageFile.version)
    // What follows a command is that command's: `pipeline publish --version 1`.
    .enablePositionalOptions()
    .showHelpAfterError('(--help shows what there is)');
  const commands = [
    upCommand(),
    initCommand(),
    createCommand(),
    jobCommand(),
    scheduleCommand(),
    componentCommand(),
    computeCommand(),
    dataCommand(),
    datastoreCommand(),
    pipelineCommand(),
    pipelineEndpointCommand(),
    modelCommand(),
    endpointCommand(),
    environmentCommand(),
    secretCommand(),
    eventsCommand(),
    gcCommand(),
    webhookCommand(),
    automlCommand(),
    ciCommand(),
    deliveryPipelineCommand(),
    buildCommand(),
    agentCommand(),
    variableGroupCommand(),
    serviceConnectionCommand(),
    secureFileCommand(),
    deliveryEnvironmentCommand(),
    batchScoreCommand(),
    loginCommand(),
    logoutCommand(),
    whoamiCommand(),
    tokenCommand(),
    userCommand(),
    servicePrincipalCommand(),
    issuerCommand(),
    tenantCommand(),
    keysCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  for (const command of allOf(program)) command.exitOverride();
  return program;
}

function allOf(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(allOf)];
}
