// Thrown where a file is not of the plain kind: the library reads it then, or says what is wrong.

export class NotPlain extends Error {}
