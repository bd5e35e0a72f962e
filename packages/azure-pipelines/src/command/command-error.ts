// A command that cannot be obeyed: its step fails, and shows the message as an error.

export class CommandError extends Error {
  override readonly name = 'CommandError';
}
