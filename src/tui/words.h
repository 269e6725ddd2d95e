/* SPDX-License-Identifier: MIT */
/* words: what the screen says, in French and in English. */
#ifndef TUI_WORDS_H
#define TUI_WORDS_H

enum word {
    WORD_SAVED,
    WORD_HINTS,
    WORD_DONE,
    WORD_SKIPPED,
    WORD_PER_HOUR,
    WORD_LEFT,
    WORD_ALL_DONE,
    WORD_NO_ROWS,
    WORD_UNDONE,
    WORD_NOTHING_TO_UNDO,
    WORD_NO_FURTHER,
    WORD_NO_SUCH_ROW,
    WORD_MISSING,
    WORD_NOTE,
    WORD_GOTO,
    WORD_SEARCH,
    WORD_NOT_FOUND,
    WORD_ARTICLE,
    WORD_MORE_LINES,
    WORD_NO_CODE,
    WORD_AGREED,
    WORD_DECIDED,
    WORD_COPIES,
    WORD_SMALL,
    WORD_DOUBT,
    WORD_PLAIN,
    WORD_GUIDE_KEYS,
    WORD_KEYS,
    WORD_NOTE_KEPT,
    WORD_MODEL,
    N_WORDS
};

const char *word(enum word w, int english);

#endif
