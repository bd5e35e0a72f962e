// `ridgeline webhook`: who is told of changes to registered models. A secret comes over standard
// input, as the words of a command stand in the history of the shell.
import type { Webhook, WebhookEvent } from '@ridgeline/client';
import { Command, InvalidArgumentError } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import { printEither } from '../output/print.ts';
import { formatTable } from '../output/table.ts';
import { readSecret } from '../sign-in/read-secret.ts';

interface CreateOptions extends CommonOptions {
  readonly name: string;
  readonly to: string;
  readonly event: readonly WebhookEvent[];
  readonly description?: string;
  readonly signed?: boolean;
}

export function webhookCommand(): Command {
  return new Command('webhook')
    .description('have changes to registered models sent to an address')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(testCommand())
    .addCommand(switchCommand('enable', 'ACTIVE', 'send to a webhook again'))
    .addCommand(switchCommand('disable', 'DISABLED', 'send nothing more to a webhook'))
    .addCommand(deleteCommand());
}

function createCommand(): Command {
  return withConnection(new Command('create'))
    .description('make a webhook')
    .requiredOption('--name <name>', 'what it is called')
    .requiredOption('--to <address>', 'where it sends to')
    .requiredOption(
      '--event <event>',
      'such as model_version.created; may be repeated',
      collectEvent,
    )
    .option('--description <text>', 'what it is for')
    .option('--signed', 'sign what is sent, with the secret that standard input holds')
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline webhook create --name ci --to https://ci.example/hook \\\n' +
        '    --event model_version.created --signed < secret.txt',
    )
    .action(async ({ name, to: url, event, description, signed, ...options }: CreateOptions) => {
      const secret = signed === true ? await readSecret('-') : undefined;
      const made = await (await connect(options)).webhooks.create({
        ...{ name, url, events: event },
        ...(description !== undefined && { description }),
        ...(secret !== undefined && { secret }),
      });
      printEither(options.json, made, () => made.webhook_id);
    });
}

function listCommand(): Command {
  return withConnection(new Command('list'))
    .description('list the webhooks')
    .action(async (options: CommonOptions) => {
      const found = await (await connect(options)).webhooks.list();
      printEither(options.json, found, () => describe(found));
    });
}

function testCommand(): Command {
  return withConnection(new Command('test'))
    .description('send an example of an event to a webhook')
    .argument('<id>', 'its id')
    .action(async (id: string, options: CommonOptions) => {
      const result = await (await connect(options)).webhooks.test(id);
      const answer = result.error_message ?? `the webhook answered ${result.response_status}`;
      printEither(options.json, result, () => answer);
      if (!result.success) throw new CliError('WEBHOOK_TEST_FAILED', answer);
    });
}

function switchCommand(name: string, status: Webhook['status'], description: string): Command {
  return withConnection(new Command(name))
    .description(description)
    .argument('<id>', 'its id')
    .action(async (id: string, options: CommonOptions) => {
      const changed = await (await connect(options)).webhooks.update(id, { status });
      printEither(options.json, changed, () => `webhook ${changed.name} is ${name}d`);
    });
}

function deleteCommand(): Command {
  return withConnection(new Command('delete'))
    .description('delete a webhook, with what waits to be sent to it')
    .argument('<id>', 'its id')
    .action(async (id: string, options: CommonOptions) => {
      await (await connect(options)).webhooks.delete(id);
      printEither(options.json, { id }, () => `webhook ${id} is deleted`);
    });
}

function describe(webhooks: readonly Webhook[]): string {
  const rows = webhooks.map((hook) => [
    hook.webhook_id,
    hook.name,
    hook.status,
    hook.url,
    hook.events.map(wordOf).join(', '),
  ]);
  return formatTable(['ID', 'NAME', 'STATUS', 'TO', 'EVENTS'], rows);
}

function wordOf({ entity, action }: WebhookEvent): string {
  return `${entity}.${action}`.toLowerCase();
}

function collectEvent(word: string, earlier: readonly WebhookEvent[] = []): WebhookEvent[] {
  const [, entity, action] = /^([a-z_]+)\.([a-z]+)$/i.exec(word) ?? [];
  if (entity === undefined || action === undefined) {
    throw new InvalidArgumentError(
      `expected an event such as model_version.created, not '${word}'`,
    );
  }
  return [...earlier, { entity: entity.toUpperCase(), action: action.toUpperCase() }];
}
