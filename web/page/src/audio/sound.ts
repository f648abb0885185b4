import { meter, toFloats } from '../logic/pcm';
import captureUrl from './capture.worklet.ts?worker&url';
import playbackUrl from './playback.worklet.ts?worker&url';

export interface Heard {
  pcm: Int16Array;
  /** 0 to 1, as a meter shows it. */
  level: number;
}

export interface SoundOptions {
  onHeard: (heard: Heard) => void;
  onPlayed: (item: string, ms: number) => void;
  onSpeaking: (level: number, isIdle: boolean) => void;
  /** The microphone is gone: unplugged, or taken back. */
  onMicrophoneLost: () => void;
}

/** The microphone and the loudspeaker of one call. Both share one clock, the device's own. */
export class Sound {
  private stream: MediaStream | null = null;
  private source: MediaStreamAudioSourceNode | null = null;
  private isMuted = false;
  private whenStopped: (() => void) | null = null;

  private constructor(
    private readonly context: AudioContext,
    private readonly player: AudioWorkletNode,
    private readonly options: SoundOptions,
  ) {
    player.port.onmessage = ({ data }: MessageEvent<'stopped' | { played: [string, number][]; rms: number; isIdle: boolean }>) => {
      if (data === 'stopped') {
        this.whenStopped?.();
        return;
      }
      data.played.forEach(([item, ms]) => options.onPlayed(item, ms));
      options.onSpeaking(meter(data.rms), data.isIdle);
    };
  }

  /** To be called from a click or a key: browsers let nothing sound before. */
  static async open(options: SoundOptions): Promise<Sound> {
    const context = new AudioContext({ latencyHint: 'interactive' });
    void context.resume();
    await Promise.all([context.audioWorklet.addModule(captureUrl), context.audioWorklet.addModule(playbackUrl)]);
    const player = new AudioWorkletNode(context, 'playback', { numberOfInputs: 0, outputChannelCount: [2] });
    player.connect(context.destination);
    return new Sound(context, player, options);
  }

  /** What the browser refuses comes as its DOMException. */
  async listen(deviceId: string | null): Promise<void> {
    this.deafen();
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: {
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
        ...(deviceId === null ? {} : { deviceId: { exact: deviceId } }),
      },
    });
    if (this.context.state === 'closed') {
      stream.getTracks().forEach((track) => track.stop());
      return;
    }
    const capture = new AudioWorkletNode(this.context, 'capture', { numberOfOutputs: 0 });
    capture.port.onmessage = ({ data }: MessageEvent<{ pcm: Int16Array; rms: number }>) => {
      if (this.stream === stream) this.options.onHeard({ pcm: data.pcm, level: meter(data.rms) });
    };
    this.stream = stream;
    this.source = new MediaStreamAudioSourceNode(this.context, { mediaStream: stream });
    this.source.connect(capture);
    stream.getAudioTracks()[0]?.addEventListener('ended', () => {
      if (this.stream === stream) this.options.onMicrophoneLost();
    });
    this.mute(this.isMuted);
  }

  /** A muted microphone is silent, not away: what was being said ends. */
  mute(isMuted: boolean): void {
    this.isMuted = isMuted;
    this.stream?.getAudioTracks().forEach((track) => (track.enabled = !isMuted));
  }

  play(item: string, pcm: Int16Array): void {
    const samples = toFloats(pcm);
    this.player.port.postMessage({ item, samples }, [samples.buffer]);
  }

  /** Silent at once; resolves when what was played until then has been told. */
  stop(): Promise<void> {
    this.player.port.postMessage('stop');
    return new Promise((resolve) => (this.whenStopped = resolve));
  }

  /** From the queue to the ear, in ms, as far as the browser knows. */
  get latencyMs(): number {
    return ((this.context.outputLatency || 0) + (this.context.baseLatency || 0)) * 1_000;
  }

  async output(deviceId: string | null): Promise<void> {
    const context = this.context as AudioContext & { setSinkId?: (id: string) => Promise<void> };
    await context.setSinkId?.(deviceId ?? '');
  }

  private deafen(): void {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.source?.disconnect();
    this.stream = null;
    this.source = null;
  }

  close(): void {
    this.deafen();
    if (this.context.state !== 'closed') void this.context.close();
  }
}

export function canChooseOutput(): boolean {
  return typeof AudioContext !== 'undefined' && 'setSinkId' in AudioContext.prototype;
}
