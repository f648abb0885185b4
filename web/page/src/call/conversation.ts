import { computed, signal } from '@preact/signals';
import { Sound, type Heard } from '../audio/sound';
import { ApiError } from '../logic/api';
import { callEvent } from '../logic/callEvents';
import { EDGE_RATE, fromBase64 } from '../logic/pcm';
import { Playback } from '../logic/playback';
import { end, fault, hear, NOTHING_YET, type RealtimeEvent } from '../logic/realtimeStory';
import { EMPTY, isDisclosing, tell, type Story } from '../logic/story';
import { blindReason, microphoneTrouble, refusedTrouble, socketTrouble, type Message } from '../logic/words';
import type { VoxlogNode } from './node';
import { RealtimeSession, whyRefused, type Closed } from './realtime';
import { forGood } from './storage';

export type Phase = 'idle' | 'connecting' | 'live' | 'over';
export type Microphone = 'off' | 'asking' | 'on' | 'muted';

const STOP_WAIT_MS = 100;
const LAST_WORDS_MS = 4_000;

/** What browsers give where a handshake was refused, and where a connection is lost. */
const NEVER_OPENED = 1006;

/** Attempts in a row to read the log after which what the session tells is shown instead. */
const BLIND_AFTER = 3;

/** One call from this page: its socket, its sound, and what is seen of it. */
export class Conversation {
  readonly phase = signal<Phase>('idle');
  readonly microphone = signal<Microphone>('off');
  readonly level = signal(0);
  readonly agentLevel = signal(0);
  readonly callId = signal<string | null>(null);
  readonly startedAt = signal(0);
  readonly trouble = signal<Message | null>(null);
  readonly microphoneTrouble = signal<Message | null>(null);
  /** Why only the Realtime protocol's own events are shown; null where the log is. */
  readonly blind = signal<string | null>(null);
  readonly isCatchingUp = signal(false);
  readonly input = signal<string | null>(forGood.get('input'));
  readonly output = signal<string | null>(forGood.get('output'));

  private readonly log = signal<Story>(EMPTY);
  private readonly own = signal(NOTHING_YET);
  readonly story = computed(() => {
    const isSeen = this.blind.value === null && this.log.value.startedAt !== null;
    return isSeen ? this.log.value : this.own.value.story;
  });

  private session: RealtimeSession | null = null;
  private sound: Sound | null = null;
  private playback = new Playback();
  private following = new AbortController();
  /** Which call this is: what was waited for in another one is not done in this. */
  private attempt = 0;
  private isReady = false;
  private lastError: { code: string | null; message: string } | null = null;
  private unsaid: string[] = [];

  constructor(private readonly node: VoxlogNode) {}

  get isActive(): boolean {
    return this.phase.value === 'connecting' || this.phase.value === 'live';
  }

  // What the person asks.

  /** Calls the agent and listens. Must come from a click or a key. */
  async talk(): Promise<void> {
    if (this.isActive) return;
    this.reset();
    this.phase.value = 'connecting';
    if (!(await this.openSound())) return;
    const attempt = this.attempt;
    const isHeard = await this.listen();
    if (attempt !== this.attempt) return;
    if (isHeard) {
      this.connect();
    } else {
      this.leave('idle');
    }
  }

  /** Says a text, in the call there is or in a new one. Must come from a click or a key. */
  async type(text: string): Promise<void> {
    if (this.phase.value === 'live' && this.isReady) {
      this.cutIn();
      this.session?.type(text);
      return;
    }
    if (this.phase.value === 'connecting') {
      this.unsaid.push(text);
      return;
    }
    const trouble = this.microphoneTrouble.value;
    this.reset();
    this.microphoneTrouble.value = trouble;
    this.unsaid = [text];
    this.phase.value = 'connecting';
    if (await this.openSound()) this.connect();
  }

  toggleMicrophone(): void {
    if (this.microphone.value === 'off') {
      if (this.sound !== null) void this.listen();
      return;
    }
    if (this.microphone.value === 'asking') return;
    const isMuted = this.microphone.value === 'on';
    this.sound?.mute(isMuted);
    this.microphone.value = isMuted ? 'muted' : 'on';
    if (isMuted) this.level.value = 0;
  }

  hangUp(): void {
    if (this.session !== null) this.session.hangUp();
    else if (this.phase.value === 'connecting') this.leave('idle');
  }

  /** The empty first view again. */
  clear(): void {
    if (!this.isActive) this.reset();
  }

  async chooseInput(deviceId: string | null): Promise<void> {
    this.input.value = deviceId;
    forGood.set('input', deviceId);
    if (this.microphone.value === 'on' || this.microphone.value === 'muted') await this.listen();
  }

  async chooseOutput(deviceId: string | null): Promise<void> {
    this.output.value = deviceId;
    forGood.set('output', deviceId);
    await this.sound?.output(deviceId).catch(() => undefined);
  }

  // Sound.

  private async openSound(): Promise<boolean> {
    const attempt = this.attempt;
    try {
      const sound = await Sound.open({
        onHeard: (heard) => this.heard(heard),
        onPlayed: (item, ms) => {
          if (attempt === this.attempt) this.playback.played(item, ms);
        },
        onSpeaking: (level) => {
          if (attempt === this.attempt) this.agentLevel.value = level;
        },
        onMicrophoneLost: () => this.microphoneLost('NotFoundError'),
      });
      if (attempt !== this.attempt) {
        sound.close();
        return false;
      }
      this.sound = sound;
      if (this.output.value !== null) await sound.output(this.output.value).catch(() => undefined);
      return attempt === this.attempt;
    } catch (error) {
      if (attempt !== this.attempt) return false;
      this.trouble.value = { title: 'This browser plays no sound here', text: String(error) };
      this.leave('idle');
      return false;
    }
  }

  private async listen(wasMuted = this.microphone.value === 'muted'): Promise<boolean> {
    const attempt = this.attempt;
    this.microphone.value = 'asking';
    this.microphoneTrouble.value = null;
    if (!window.isSecureContext || navigator.mediaDevices === undefined) {
      this.microphoneLost('SecurityError');
      return false;
    }
    try {
      await this.sound?.listen(this.input.value);
    } catch (error) {
      if (attempt !== this.attempt) return false;
      const name = error instanceof DOMException ? error.name : String(error);
      if (name === 'OverconstrainedError' && this.input.value !== null) {
        this.input.value = null;
        return this.listen(wasMuted);
      }
      this.microphoneLost(name);
      return false;
    }
    if (attempt !== this.attempt || !this.isActive) return false;
    this.microphone.value = wasMuted ? 'muted' : 'on';
    return true;
  }

  private microphoneLost(name: string): void {
    this.microphone.value = 'off';
    this.level.value = 0;
    this.microphoneTrouble.value = microphoneTrouble(name, window.isSecureContext);
  }

  private heard(heard: Heard): void {
    this.level.value = this.microphone.value === 'on' ? heard.level : 0;
    if (this.isReady) this.session?.append(heard.pcm);
  }

  /** The person speaks or types: what need not be heard whole stops. */
  private cutIn(): void {
    if (!isDisclosing(this.story.value)) void this.stopPlaying();
  }

  /** The agent is silent at once, and the node told how far it came. */
  private async stopPlaying(): Promise<void> {
    const { sound, session, playback } = this;
    const items = playback.stop();
    if (items.length === 0 || sound === null) return;
    const waited = new Promise((resolve) => setTimeout(resolve, STOP_WAIT_MS));
    await Promise.race([sound.stop(), waited]);
    items.forEach((item) => session?.truncate(item, playback.heardMs(item, sound.latencyMs)));
  }

  // The session.

  private connect(): void {
    this.session = new RealtimeSession({
      url: this.node.realtimeUrl.href,
      token: this.node.token.value,
      onEvent: (event) => this.receive(event),
      onClosed: (closed) => void this.closed(closed),
    });
  }

  private receive(event: RealtimeEvent): void {
    this.own.value = hear(this.own.value, event, Date.now());
    switch (event.type) {
      case 'session.created':
        this.begun(event);
        break;
      case 'input_audio_buffer.speech_started':
        this.cutIn();
        break;
      case 'response.done':
        if (event.response?.status === 'cancelled') void this.stopPlaying();
        break;
      case 'response.output_audio.delta':
        this.play(event.item_id ?? '', event.delta ?? '');
        break;
      case 'error':
        this.lastError = event.error ?? null;
        if (this.isReady && event.error !== undefined) {
          this.own.value = fault(this.own.value, event.error.message, Date.now());
        }
        break;
    }
  }

  private begun(event: RealtimeEvent): void {
    const tracing = event.session?.tracing;
    const callId = typeof tracing === 'object' ? (tracing?.group_id ?? null) : null;
    this.callId.value = callId;
    this.startedAt.value = Date.now();
    this.phase.value = 'live';
    this.isReady = true;
    this.unsaid.forEach((text) => this.session?.type(text));
    this.unsaid = [];
    if (callId !== null) void this.follow(callId);
  }

  private play(item: string, delta: string): void {
    const pcm = fromBase64(delta);
    if (this.playback.takes(item, (pcm.length * 1_000) / EDGE_RATE)) this.sound?.play(item, pcm);
  }

  private async closed(closed: Closed): Promise<void> {
    const wasHungUp = closed.reason === 'hung-up';
    const wasOver = closed.code === 1000;
    const sound = this.sound;
    this.isReady = false;
    this.session = null;
    this.microphone.value = 'off';
    this.level.value = 0;
    if (!closed.wasOpen && closed.code === NEVER_OPENED) {
      await this.explainRefusal();
      return;
    }
    const isTurnedAway = !closed.wasOpen;
    this.trouble.value = socketTrouble(closed.code, closed.reason, this.lastError);
    this.own.value = end(this.own.value, wasHungUp ? 'hung-up' : wasOver ? 'completed' : 'lost', Date.now());
    this.phase.value = isTurnedAway ? 'idle' : 'over';
    if (isTurnedAway) this.following.abort();
    if (wasOver && !wasHungUp) await this.lastWords();
    if (this.sound === sound) this.silence();
  }

  /** What the agent said last is still being played when it hangs up. */
  private async lastWords(): Promise<void> {
    const until = Date.now() + LAST_WORDS_MS;
    while (this.playback.unfinished().length > 0 && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  private async explainRefusal(): Promise<void> {
    this.leave('idle');
    const attempt = this.attempt;
    const { status, message } = await whyRefused(this.node.realtimeUrl, this.node.token.value);
    if (attempt !== this.attempt) return;
    if (status === 401) {
      const isKnown = this.node.token.value !== null;
      this.node.asksToken.value = isKnown
        ? 'This token may not talk: it is none of ingress.realtime.tokens.'
        : 'A token is needed to talk: one of ingress.realtime.tokens.';
    } else {
      this.trouble.value = refusedTrouble(status, message);
    }
  }

  // The log.

  private async follow(callId: string): Promise<void> {
    const following = new AbortController();
    this.following = following;
    let failures = 0;
    try {
      await this.node.api.follow(`/api/calls/${encodeURIComponent(callId)}/events`, {
        signal: following.signal,
        onEvent: ({ name, data }) => {
          const event = callEvent(name, data);
          if (event !== null && !following.signal.aborted) this.log.value = tell(this.log.value, event);
        },
        onState: (isConnected, failure) => {
          if (following.signal.aborted) return;
          failures = isConnected ? 0 : failures + 1;
          this.isCatchingUp.value = !isConnected && failure?.status !== 404;
          this.blind.value = failure !== null && failures >= BLIND_AFTER ? blindReason(failure) : null;
        },
      });
    } catch (error) {
      if (error instanceof ApiError && !following.signal.aborted) this.blind.value = blindReason(error);
    } finally {
      if (!following.signal.aborted) this.isCatchingUp.value = false;
    }
  }

  // The end.

  private leave(phase: Phase): void {
    this.silence();
    this.phase.value = phase;
  }

  private silence(): void {
    this.attempt++;
    this.sound?.close();
    this.sound = null;
    this.microphone.value = 'off';
    this.level.value = 0;
    this.agentLevel.value = 0;
  }

  private reset(): void {
    if (this.node.failure.value !== null) void this.node.load();
    this.following.abort();
    this.silence();
    this.phase.value = 'idle';
    this.callId.value = null;
    this.trouble.value = null;
    this.microphoneTrouble.value = null;
    this.blind.value = null;
    this.isCatchingUp.value = false;
    this.log.value = EMPTY;
    this.own.value = NOTHING_YET;
    this.playback = new Playback();
    this.isReady = false;
    this.lastError = null;
    this.unsaid = [];
  }
}
