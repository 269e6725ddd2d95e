/* SPDX-License-Identifier: MIT */
/* version: what a bug report needs first: every library whose version can change results. */
#include <stance.h>

#include <pthread.h>
#include <stdio.h>

#include <zlib.h>
#include <zstd.h>

#include "model/chunk.h"
#include "model/pairsvm.h"
#include "text/normalize.h"

static char text[256];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void compose(void)
{
    snprintf(text, sizeof text, "%s (model format %d.%d; libsvm %d.%02d; %s; zlib %s; zstd %s)",
             STANCE_VERSION, CHUNK_MAJOR, CHUNK_MINOR, pairsvm_library_version() / 100,
             pairsvm_library_version() % 100, normalize_version(), zlibVersion(),
             ZSTD_versionString());
}

const char *stance_version(void)
{
    pthread_once(&once, compose);
    return text;
}
