/* SPDX-License-Identifier: MIT */
/* keys: a table of three rows. */
#include "tui/keys.h"

#include <string.h>

static const char *const rows[] = {"erty", "sdfh", "xcvb"};
enum { ROWS = sizeof rows / sizeof *rows };

char keys_label(size_t target, size_t label)
{
    return target < ROWS && label < strlen(rows[target]) ? rows[target][label] : 0;
}

bool keys_find(int key, size_t *target, size_t *label)
{
    for (*target = 0; key > 0 && key < 0x80 && *target < ROWS; ++*target) {
        const char *at = strchr(rows[*target], key);
        if (at != NULL) {
            *label = (size_t)(at - rows[*target]);
            return true;
        }
    }
    return false;
}
