/* SPDX-License-Identifier: MIT */
/* period: for the rooms above, which know periods by strata. */
#ifndef AUDIT_PERIOD_H
#define AUDIT_PERIOD_H

#include "corpus/period.h"

#endif
