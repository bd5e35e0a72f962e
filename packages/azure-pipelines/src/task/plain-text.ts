// Text from outside, such as an answer of a server or a file's name, which must not give orders: in
// a log it would be obeyed as a command.

export function plainText(text: string): string {
  return text.replace(/##(?=vso\[)/gi, '#');
}
