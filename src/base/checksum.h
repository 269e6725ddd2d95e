/* SPDX-License-Identifier: MIT */
/* checksum: the CRC-32 of gzip (RFC 1952, section 8), by the fastest library that is there. */
#ifndef BASE_CHECKSUM_H
#define BASE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/* The checksum of what `before` is one of (0: of nothing) and len bytes more. */
uint32_t checksum_more(uint32_t before, const void *p, size_t len);

#endif
