/* SPDX-License-Identifier: MIT */
/* installed: the model and the guide that are used where none is named. */
#ifndef CLI_INSTALLED_H
#define CLI_INSTALLED_H

#include "base/buf.h"
#include "cli/term.h"

/* The model at path, or, for NULL, the first there is of
 *   1. the file that $STANCE_MODEL names (where it is set there is no second choice),
 *   2. the model built into the program (`make static`),
 *   3. tiktok-fr.stance in the data folder the program was built for,
 *   4. the same in ../share/stance and ../model as seen from the program's folder;
 * which one it is, is noted. NULL with err filled: STANCE_MODEL naming all places where
 * there is none, else the error of loading. */
struct stance_model *installed_model(const char *path, struct term *term, struct stance_err *err);

/* The path of corpus/GUIDE.md as it was installed, looked for in the places 3 and 4. */
bool installed_guide(struct buf *path);

#endif
