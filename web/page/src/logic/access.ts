/** What a token is good for: tokens to talk and tokens to see are two settings. */
export type Access = 'both' | 'talk' | 'see' | 'neither' | 'unreachable';

/** `talk` and `see` are HTTP statuses of plain requests, 0 where none came. */
export function access(talk: number, see: number): Access {
  if (talk === 0 && see === 0) return 'unreachable';
  const mayTalk = talk !== 401 && talk !== 0;
  const maySee = see >= 200 && see < 300;
  if (mayTalk && see === 401) return 'talk';
  if (!mayTalk && talk !== 0 && maySee) return 'see';
  return mayTalk || maySee ? 'both' : 'neither';
}

export function accessWords(result: Access): string | null {
  switch (result) {
    case 'both':
      return null;
    case 'talk':
      return 'This token may talk, but not see calls: it is one of ingress.realtime.tokens, but not of web.tokens. Add it there to see what happens.';
    case 'see':
      return 'This token may see calls, but not talk: it is one of web.tokens, but not of ingress.realtime.tokens. Add it there to talk.';
    case 'neither':
      return 'This node does not know that token. It has to be one of ingress.realtime.tokens and of web.tokens.';
    case 'unreachable':
      return 'The node cannot be reached.';
  }
}
