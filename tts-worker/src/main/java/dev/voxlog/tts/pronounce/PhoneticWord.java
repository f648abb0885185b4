package dev.voxlog.tts.pronounce;

/// One spoken word in IPA with the punctuation heard after it ("", "," "." "?" "!").
public record PhoneticWord(String ipa, String mark) {}
