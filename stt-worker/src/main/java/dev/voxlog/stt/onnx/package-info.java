/// Sessions of ONNX Runtime, opened alike for all models of this stage.
@NullMarked
package dev.voxlog.stt.onnx;

import org.jspecify.annotations.NullMarked;
