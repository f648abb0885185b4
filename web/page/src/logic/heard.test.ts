import { describe, expect, it } from 'vitest';
import { heardLength } from './heard';

describe('heardLength', () => {
  const text = 'It has shipped. Your order, 45812, comes.';
  it('is the beginning that was heard', () => expect(heardLength(text, 'It has shipped.')).toBe(15));
  it('is nothing of nothing', () => expect(heardLength(text, '')).toBe(0));
  it('is all of all', () => expect(heardLength(text, text)).toBe(text.length));
  it('minds neither case nor marks', () => expect(heardLength(text, 'it has shipped your')).toBe('It has shipped. Your'.length));
  it('stops where words differ', () => expect(heardLength(text, 'It has shipped. Your order, four five')).toBe('It has shipped. Your order,'.length));
  it('counts words where none agree', () => expect(heardLength('42 is it', 'forty two')).toBe('42 is'.length));
  it('is never more than there is', () => expect(heardLength('a b', 'x y z')).toBe(3));
});
