import { describe, expect, it } from 'vitest';
import { Playback } from './playback';

describe('Playback', () => {
  it('tells of what was cut off how much was heard, less what was on its way to the ear', () => {
    const playback = new Playback();
    playback.takes('a', 1_000);
    playback.played('a', 412.7);
    expect(playback.stop()).toEqual(['a']);
    expect(playback.heardMs('a', 30)).toBe(382);
  });

  it('counts what the speaker tells after the stop', () => {
    const playback = new Playback();
    playback.takes('a', 1_000);
    playback.played('a', 100);
    playback.stop();
    playback.played('a', 120);
    expect(playback.heardMs('a', 0)).toBe(120);
  });

  it('never tells more than came, nor less than nothing', () => {
    const playback = new Playback();
    playback.takes('a', 500);
    playback.played('a', 500.9);
    expect(playback.heardMs('a', 0)).toBe(500);
    expect(playback.heardMs('a', 900)).toBe(0);
    expect(playback.heardMs('unknown', 0)).toBe(0);
  });

  it('takes no more of what was stopped, and tells of it once', () => {
    const playback = new Playback();
    playback.takes('a', 500);
    playback.stop();
    expect(playback.takes('a', 500)).toBe(false);
    expect(playback.takes('b', 500)).toBe(true);
    expect(playback.stop()).toEqual(['b']);
    expect(playback.stop()).toEqual([]);
  });

  it('has nothing to stop once all is played', () => {
    const playback = new Playback();
    playback.takes('a', 500);
    playback.played('a', 499.5);
    expect(playback.stop()).toEqual([]);
  });

  it('stops all that is queued', () => {
    const playback = new Playback();
    playback.takes('a', 500);
    playback.takes('b', 500);
    playback.played('a', 100);
    expect(playback.stop()).toEqual(['a', 'b']);
    expect(playback.heardMs('b', 0)).toBe(0);
  });
});
