/// Words in, exact values out: numbers, ids, amounts, dates, times and phone numbers as people say
/// them.
@NullMarked
package dev.voxlog.nlu.entities;

import org.jspecify.annotations.NullMarked;
