/** Thrown by the parsers of this room: the text or bytes do not have the form that their specification asks for. */
export class LogFormatError extends Error {
  override readonly name = 'LogFormatError';
}
