export interface ServerSentEvent {
  /** The last id the stream has told, empty before the first. */
  id: string;
  name: string;
  data: string;
}

/** Reads a stream of server-sent events, in whatever pieces it comes. */
export class SseParser {
  private rest = '';
  private id = '';
  private name = '';
  private data: string[] = [];
  private endedInReturn = false;

  push(text: string): ServerSentEvent[] {
    let input = text;
    if (this.endedInReturn && input.startsWith('\n')) {
      input = input.slice(1);
      this.endedInReturn = false;
    }
    if (input !== '') this.endedInReturn = input.endsWith('\r');
    const lines = (this.rest + input).split(/\r\n|\r|\n/);
    this.rest = lines.pop() ?? '';
    return lines.map((line) => this.line(line)).filter((event) => event !== null);
  }

  private line(line: string): ServerSentEvent | null {
    if (line === '') return this.event();
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'id' && !value.includes('\0')) this.id = value;
    else if (field === 'event') this.name = value;
    else if (field === 'data') this.data.push(value);
    return null;
  }

  private event(): ServerSentEvent | null {
    const event = { id: this.id, name: this.name || 'message', data: this.data.join('\n') };
    const isEmpty = this.data.length === 0 && this.name === '';
    this.name = '';
    this.data = [];
    return isEmpty ? null : event;
  }
}
