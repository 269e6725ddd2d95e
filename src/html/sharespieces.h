/* SPDX-License-Identifier: MIT */
/* sharespieces: the parts of a page of shares. Private to shares*.c of this room. */
#ifndef HTML_SHARESPIECES_H
#define HTML_SHARESPIECES_H

#include "html/pieces.h"
#include "prevalence/shares.h"

struct sharespage {
    const struct shares *s;
    struct html_page page; /* buffer and numbers of figures and tables */
};

/* Sections of the page; each writes nothing where it has nothing to show. */
void sharespieces_targets(struct sharespage *p);     /* sharestargets.c */
void sharespieces_groups(struct sharespage *p);      /* sharesgroups.c */
void sharespieces_differences(struct sharespage *p); /* sharestargets.c */

/* "ban" as a heading, then its statement. */
void sharespieces_heading(struct sharespage *p, const struct share_target *t);

/* Cells: "15 %" with "12–19" below; "counted" is grey and slanted. */
void sharespieces_share(struct sharespage *p, const struct share *share, const char *doubt);
void sharespieces_percent(struct sharespage *p, double part, int decimals); /* no cell */

#endif
