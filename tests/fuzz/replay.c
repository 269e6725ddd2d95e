/* SPDX-License-Identifier: MIT */
/*
 * replay: runs stored inputs through a target without libFuzzer, each whole and with its
 * last bytes cut off. Arguments: files, or folders of files.
 */
#include <dirent.h>
#include <string.h>

#include "fuzz.h"

/* A heap block of exactly n bytes, so that AddressSanitizer sees one byte too many. */
static void run(const unsigned char *bytes, size_t n)
{
    unsigned char *copy = malloc(n != 0 ? n : 1);
    if (copy == NULL)
        exit(70);
    memcpy(copy, bytes, n);
    LLVMFuzzerTestOneInput(copy, n);
    free(copy);
}

static int replay_file(const char *path)
{
    static unsigned char bytes[1 << 20];
    FILE *f = fopen(path, "rb");
    size_t n;

    if (f == NULL) {
        fprintf(stderr, "replay: cannot open %s\n", path);
        return -1;
    }
    n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    for (size_t cut = 0; cut <= 64 && cut <= n; cut++)
        run(bytes, n - cut);
    return 0;
}

/* Files replayed; -1 where one cannot be read. */
static int replay(const char *path)
{
    char name[4096];
    DIR *d = opendir(path);
    int n = 0, r = 0;

    if (d == NULL)
        return replay_file(path) < 0 ? -1 : 1;
    for (struct dirent *e; r == 0 && (e = readdir(d)) != NULL;)
        if (e->d_name[0] != '.') {
            snprintf(name, sizeof name, "%s/%s", path, e->d_name);
            r = replay_file(name);
            n++;
        }
    closedir(d);
    return r < 0 ? -1 : n;
}

int main(int argc, char **argv)
{
    int all = 0;

    for (int i = 1; i < argc; i++) {
        int n = replay(argv[i]);
        if (n <= 0)
            return 1;
        all += n;
    }
    printf("%s: %d inputs replayed\n", argv[0], all);
    return all > 0 ? 0 : 1;
}
