/* SPDX-License-Identifier: MIT */
/* checksum: see checksum.h. A third of the time that loading a model took was zlib's. */
#include "base/checksum.h"

#ifdef STANCE_ISAL
#include <isa-l/crc.h>
#else
#include <zlib.h>
#endif

/* ISA-L leaves the upper halves of the vector registers in use, and with them every floating-point
 * instruction of this thread and of those that it starts is slow: classifying took a quarter more.
 */
#ifdef STANCE_ISAL
static void leave_vectors(void)
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx"))
        __asm__ volatile("vzeroupper");
#endif
}
#endif

uint32_t checksum_more(uint32_t before, const void *p, size_t len)
{
#ifdef STANCE_ISAL
    uint32_t crc = crc32_gzip_refl(before, p, len);

    leave_vectors();
    return crc;
#else
    return (uint32_t)crc32_z(before, p, len);
#endif
}
