/** Remembers in the browser where it lets us; otherwise for as long as the page is open. */
class Memory {
  private readonly fallback = new Map<string, string>();

  constructor(private readonly storage: () => Storage) {}

  get(name: string): string | null {
    try {
      return this.storage().getItem(`voxlog.${name}`);
    } catch {
      return this.fallback.get(name) ?? null;
    }
  }

  set(name: string, value: string | null): void {
    try {
      if (value === null) this.storage().removeItem(`voxlog.${name}`);
      else this.storage().setItem(`voxlog.${name}`, value);
    } catch {
      if (value === null) this.fallback.delete(name);
      else this.fallback.set(name, value);
    }
  }
}

/** Until the tab is closed: secrets. */
export const forThisTab = new Memory(() => sessionStorage);

/** For good: preferences. */
export const forGood = new Memory(() => localStorage);
