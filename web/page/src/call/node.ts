import { computed, signal } from '@preact/signals';
import { access, accessWords } from '../logic/access';
import { Api, ApiError, type SessionInfo } from '../logic/api';
import { realtimeUrl, whyRefused } from './realtime';
import { forGood, forThisTab } from './storage';

/** The node that served this page: who answers there, and with which token. */
export class VoxlogNode {
  readonly session = signal<SessionInfo | null>(null);
  /** Why the operator API does not answer. */
  readonly failure = signal<ApiError | null>(null);
  readonly token = signal<string | null>(forThisTab.get('token'));
  /** Why a token is asked for; null while none is. */
  readonly asksToken = signal<string | null>(null);
  /** What the token there is does not suffice for. */
  readonly tokenLimit = signal<string | null>(null);
  readonly agent = signal<string | null>(forGood.get('agent'));
  readonly api = new Api({ token: () => this.token.value });

  readonly agents = computed(() => this.session.value?.agents.map((agent) => agent.name) ?? []);

  /** Who is called: the one chosen if it is there, else the first; null leaves it to the node. */
  readonly called = computed(() => {
    const chosen = this.agent.value;
    return chosen !== null && this.agents.value.includes(chosen) ? chosen : (this.agents.value[0] ?? null);
  });

  async load(): Promise<void> {
    try {
      const session = await this.api.session();
      this.session.value = session;
      this.failure.value = null;
      if (session.needsToken && this.token.value === null) this.asksToken.value = 'This node asks for a token.';
    } catch (error) {
      this.failure.value = error instanceof ApiError ? error : new ApiError(0, 'unreachable', String(error));
    }
  }

  choose(agent: string): void {
    this.agent.value = agent;
    forGood.set('agent', agent);
  }

  get realtimeUrl(): URL {
    return realtimeUrl(this.session.value?.realtime ?? '/v1/realtime', this.called.value, location.href);
  }

  /** Gives what is wrong with the token; null where it is taken. One that is good for something is kept. */
  async enter(token: string): Promise<string | null> {
    const before = this.token.value;
    this.token.value = token;
    const [talk, see] = await Promise.all([
      whyRefused(this.realtimeUrl, token).then((refusal) => refusal.status),
      this.api.calls(1).then(() => 200, (error: unknown) => (error instanceof ApiError ? error.status : 0)),
    ]);
    const result = access(talk, see);
    if (result === 'neither' || result === 'unreachable') {
      this.token.value = before;
      return accessWords(result);
    }
    forThisTab.set('token', token);
    this.asksToken.value = null;
    this.tokenLimit.value = accessWords(result);
    return null;
  }

  forget(): void {
    forThisTab.set('token', null);
    this.token.value = null;
    this.tokenLimit.value = null;
  }
}
