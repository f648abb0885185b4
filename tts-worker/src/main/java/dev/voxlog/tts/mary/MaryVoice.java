package dev.voxlog.tts.mary;

import dev.voxlog.audio.Pcm;
import dev.voxlog.tts.AudioSink;
import dev.voxlog.tts.Edges;
import dev.voxlog.tts.Loudness;
import dev.voxlog.tts.StopSignal;
import dev.voxlog.tts.Voice;
import dev.voxlog.tts.VoiceException;
import dev.voxlog.tts.VoiceTraits;
import dev.voxlog.tts.WordTimes;
import dev.voxlog.tts.text.SpokenClause;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sound.sampled.AudioInputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import marytts.LocalMaryInterface;
import marytts.exceptions.MaryConfigurationException;
import marytts.exceptions.SynthesisException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// MaryTTS's HMM voice, from Maven Central alone; loaded when it is first needed, in about two
/// seconds.
///
/// One interface to Mary for each set of settings, since its settings are its state; it may be used
/// by many threads.
public final class MaryVoice implements Voice {
  /// Its one speaker.
  public static final String VOICE = "cmu-slt-hsmm";

  private static final String SSML = "http://www.w3.org/2001/10/synthesis";
  private static final int SAMPLE_RATE = 48_000;
  private static final int PIECE = 1 << 14;

  private final MarySpelling spelling;
  private final double pace;
  private final VoiceTraits traits;
  private @Nullable LocalMaryInterface loaded;

  /// `pronunciations` in plain spelling, as an agent file has them; `pace` 1 is Mary's own.
  public MaryVoice(double pace, Map<String, String> pronunciations) {
    this.pace = pace;
    this.spelling = new MarySpelling(pronunciations);
    String settings = String.format(Locale.ROOT, "%.3f/%08x", pace, pronunciations.hashCode());
    this.traits = new VoiceTraits("mary", VOICE, settings, SAMPLE_RATE, false);
  }

  @Override
  public VoiceTraits traits() {
    return traits;
  }

  /// Loads Mary now rather than with the first clause.
  ///
  /// @throws VoiceException if it is not on the class path
  public synchronized void load() {
    mary();
  }

  private synchronized LocalMaryInterface mary() {
    if (loaded == null) {
      refuseToLogSpeech();
      try {
        LocalMaryInterface mary = new LocalMaryInterface();
        mary.setVoice(VOICE);
        mary.setInputType("SSML");
        loaded = mary;
      } catch (MaryConfigurationException | IllegalArgumentException failed) {
        throw new VoiceException("MaryTTS did not load: " + failed.getMessage(), failed);
      }
    }
    return loaded;
  }

  /// Mary logs the text it is given.
  private static void refuseToLogSpeech() {
    if (LoggerFactory.getLogger("marytts.server").isInfoEnabled()) {
      throw new VoiceException(
          "the logger marytts would write what is said to the log; set its level to OFF in the logging configuration");
    }
  }

  @Override
  public void speak(SpokenClause clause, AudioSink sink, StopSignal stop) {
    if (stop.isStopped()) {
      return;
    }
    short[] sound = synthesize(spelling.write(clause), stop);
    if (stop.isStopped()) {
      return;
    }
    Edges.Trimmed trimmed = Edges.trim(Pcm.toFloats(sound), clause.after(), SAMPLE_RATE);
    List<Integer> phones = clause.words().stream().map(WordTimes::phones).toList();
    sink.words(
        WordTimes.estimate(clause.words(), phones, trimmed.speechFromMs(), trimmed.speechToMs()));
    sink.audio(Loudness.leveled(trimmed.samples()));
  }

  private short[] synthesize(String text, StopSignal stop) {
    try (AudioInputStream audio = mary().generateAudio(ssml(text))) {
      // Mary computes while it is read; reads are short, and the stream's end is the only sign that
      // it is complete.
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] piece = new byte[PIECE];
      int count = audio.read(piece);
      while (count >= 0 && !stop.isStopped()) {
        bytes.write(piece, 0, count);
        count = audio.read(piece);
      }
      return Pcm.fromBytes(bytes.toByteArray());
    } catch (SynthesisException | IOException | RuntimeException failed) {
      throw new VoiceException("MaryTTS failed: " + failed.getClass().getSimpleName(), failed);
    }
  }

  /// SSML 1.0, whose `rate` may be a factor of the voice's own; the other ways to set a pace do
  /// nothing to this voice.
  private Document ssml(String text) {
    Document document = documents().newDocument();
    Element speak = document.createElementNS(SSML, "speak");
    speak.setAttribute("version", "1.0");
    speak.setAttributeNS(XMLConstants.XML_NS_URI, "xml:lang", "en-US");
    Element prosody = document.createElementNS(SSML, "prosody");
    prosody.setAttribute("rate", String.format(Locale.ROOT, "%.3f", pace));
    prosody.setTextContent(text);
    speak.appendChild(prosody);
    document.appendChild(speak);
    return document;
  }

  private static DocumentBuilder documents() {
    try {
      return DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder();
    } catch (ParserConfigurationException impossible) {
      throw new VoiceException("the JDK has no XML", impossible);
    }
  }
}
