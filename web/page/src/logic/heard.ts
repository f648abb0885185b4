/**
 * How many characters of `text` were heard, given what playback says was: the same words in order,
 * however they are written. Ends at a word's end.
 */
export function heardLength(text: string, heard: string): number {
  if (text.startsWith(heard)) return heard.length;
  const spoken = words(heard);
  if (spoken.length === 0) return 0;
  let next = 0;
  let end = 0;
  for (const word of text.matchAll(/\S+/g)) {
    if (next >= spoken.length) break;
    const plain = plainly(word[0]);
    if (plain !== '' && plain !== spoken[next]) break;
    if (plain !== '') next++;
    end = word.index + word[0].length;
  }
  return next === 0 ? wordsEnd(text, spoken.length) : end;
}

function words(text: string): string[] {
  return text.split(/\s+/).map(plainly).filter((word) => word !== '');
}

function plainly(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Where the first `count` words end. */
function wordsEnd(text: string, count: number): number {
  const found = [...text.matchAll(/\S+/g)][count - 1];
  return found === undefined ? text.length : found.index + found[0].length;
}
