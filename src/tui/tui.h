/* SPDX-License-Identifier: MIT */
/* tui: a labelling on the screen, from the first row that is not done to the key q. */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include "base/buf.h"

#include <stance.h>

struct tui_settings {
    const char *annotator;
    struct span guide;  /* shown after the definitions of the targets; valid UTF-8, may be empty */
    const char *notice; /* said first: of a journal that was found, say; NULL or empty: nothing */
    bool english, advance, ascii, no_pace;
};

/* STANCE_SYSTEM where there is no screen. Labels are saved whatever is returned. */
int tui_run(struct stance_labelling *labelling, const struct tui_settings *settings,
            struct stance_err *err);

#endif
