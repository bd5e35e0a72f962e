// How a text is cut into words and n-grams. The rules are few and of ASCII only, so that a graph of
// tensors (StringNormalizer with locale C, StringSplit, TfIdfVectorizer) gives the same:
//   1. the letters A to Z become small; no other character changes;
//   2. the text is cut into lines at every line feed, carriage return and tab;
//   3. a line is cut into words at every run of spaces (U+0020); other blanks are part of a word;
//   4. the n-grams are the words, and the pairs of neighbouring words of one line, joined by a space.

/** Calls `visit` with every n-gram of the text, repeats included, in order. */
export function forEachNgram(text: string, visit: (ngram: string) => void): void {
  for (const line of asciiLowerCase(text).split(/[\n\r\t]/)) {
    let previous: string | null = null;
    for (const word of line.split(' ')) {
      if (word === '') continue;
      visit(word);
      if (previous !== null) visit(`${previous} ${word}`);
      previous = word;
    }
  }
}

function asciiLowerCase(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
}

/** FNV-1a over the UTF-8 bytes, so that the bucket of an n-gram is the same on every machine. */
export function hashOfText(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return hash >>> 0;
}
