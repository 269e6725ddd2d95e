/* SPDX-License-Identifier: MIT */
/*
 * html: what a page has, and what it never has. `test_html --page PLAN` prints a page of
 * fakereport.h instead of testing, for those who look at it.
 */
#include "fakereport.h"
#include "helpers.h"

#include <stdio.h>
#include <stdlib.h>

#include "report/html.h"

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--page") == 0) {
        struct fake f;
        struct buf out = {0};
        fake_make(&f, argv[2]);
        report_html(&f.summary, &out);
        fwrite(out.p, 1, out.len, stdout);
        buf_release(&out);
        fake_release(&f);
    }
    return 0;
}
