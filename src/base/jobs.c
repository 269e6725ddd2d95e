/* SPDX-License-Identifier: MIT */
/* jobs: a counter that the threads take the next task from; the caller works too. */
#include "base/jobs.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { MAX_JOBS = 256 };

struct run {
    atomic_size_t next;
    size_t n;
    void (*task)(size_t i, void *arg);
    void *arg;
};

unsigned jobs_count(unsigned n_jobs)
{
    long n = n_jobs != 0 ? (long)n_jobs : sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > MAX_JOBS ? MAX_JOBS : (unsigned)n;
}

static void *work(void *p)
{
    struct run *run = p;
    for (;;) {
        size_t i = atomic_fetch_add(&run->next, 1);
        if (i >= run->n)
            return NULL;
        run->task(i, run->arg);
    }
}

void jobs_run(unsigned n_jobs, size_t n, void (*task)(size_t i, void *arg), void *arg)
{
    struct run run = {.n = n, .task = task, .arg = arg};
    pthread_t thread[MAX_JOBS];
    size_t n_threads = 0, wanted = jobs_count(n_jobs);

    /* a thread that cannot be had is no failure: the others take its tasks */
    while (n_threads + 1 < wanted && n_threads + 1 < n &&
           pthread_create(&thread[n_threads], NULL, work, &run) == 0)
        n_threads++;
    work(&run);
    for (size_t i = 0; i < n_threads; i++)
        pthread_join(thread[i], NULL);
}
