/* Lets the n-th call that writes (or reads) below a folder fail, or all from the n-th on (LD_PRELOAD).

   failing_begin(folder, n, errno, for_good, reading) and failing_end() -> how many calls there were. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t held = PTHREAD_MUTEX_INITIALIZER;
static char below[PATH_MAX];
static long wanted, seen;
static int on, code, good, reads;
enum { WRITES, READS };

void failing_begin(const char *folder, long number, int with, int for_good, int reading) {
    pthread_mutex_lock(&held);
    snprintf(below, sizeof below, "%s", folder);
    wanted = number, code = with, good = for_good, reads = reading, seen = 0, on = 1;
    pthread_mutex_unlock(&held);
}

long failing_end(void) {
    on = 0;
    return seen;
}

static int fails(const char *path, int kind) {
    int mine = 0;
    if (!on || kind != reads || strncmp(path, below, strlen(below))) return 0;
    pthread_mutex_lock(&held);
    seen++;
    mine = on && wanted && (good ? seen >= wanted : seen == wanted);
    pthread_mutex_unlock(&held);
    if (mine && !code) usleep(20000); /* slow, and no more than that */
    if (mine) errno = code;
    return mine && code;
}

static int fails_at(int fd, int kind) {
    char link[64], path[PATH_MAX];
    ssize_t size;
    if (!on || kind != reads) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    size = readlink(link, path, sizeof path - 1);
    if (size < 0) return 0;
    path[size] = 0;
    return fails(path, kind);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t size) {
    return fails_at(fd, WRITES) ? -1 : REAL(write)(fd, bytes, size);
}
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at) {
    return fails_at(fd, WRITES) ? -1 : REAL(pwrite)(fd, bytes, size, at);
}
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at) {
    return fails_at(fd, WRITES) ? -1 : REAL(pwrite64)(fd, bytes, size, at);
}
ssize_t read(int fd, void *bytes, size_t size) {
    return fails_at(fd, READS) ? -1 : REAL(read)(fd, bytes, size);
}
ssize_t pread(int fd, void *bytes, size_t size, off_t at) {
    return fails_at(fd, READS) ? -1 : REAL(pread)(fd, bytes, size, at);
}
ssize_t pread64(int fd, void *bytes, size_t size, off64_t at) {
    return fails_at(fd, READS) ? -1 : REAL(pread64)(fd, bytes, size, at);
}
int fsync(int fd) { return fails_at(fd, WRITES) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return fails_at(fd, WRITES) ? -1 : REAL(fdatasync)(fd); }
int ftruncate(int fd, off_t size) { return fails_at(fd, WRITES) ? -1 : REAL(ftruncate)(fd, size); }
int ftruncate64(int fd, off64_t size) { return fails_at(fd, WRITES) ? -1 : REAL(ftruncate64)(fd, size); }
int posix_fallocate(int fd, off_t at, off_t size) {
    return fails_at(fd, WRITES) ? code : REAL(posix_fallocate)(fd, at, size);
}
ssize_t sendfile(int out, int in, off_t *at, size_t size) {
    extern ssize_t sendfile(int, int, off_t *, size_t);
    return fails_at(out, WRITES) ? -1 : REAL(sendfile)(out, in, at, size);
}
ssize_t sendfile64(int out, int in, off64_t *at, size_t size) {
    extern ssize_t sendfile64(int, int, off64_t *, size_t);
    return fails_at(out, WRITES) ? -1 : REAL(sendfile64)(out, in, at, size);
}
int rename(const char *from, const char *to) { return fails(to, WRITES) ? -1 : REAL(rename)(from, to); }
int link(const char *from, const char *to) { return fails(to, WRITES) ? -1 : REAL(link)(from, to); }
int mkdir(const char *path, mode_t mode) { return fails(path, WRITES) ? -1 : REAL(mkdir)(path, mode); }

static int writes(int flags) { return flags & O_CREAT; }

#define OPENING(name)                                                    \
    int name(const char *path, int flags, ...) {                         \
        va_list more;                                                    \
        mode_t mode;                                                     \
        va_start(more, flags);                                           \
        mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; \
        va_end(more);                                                    \
        if (fails(path, writes(flags) ? WRITES : READS)) return -1;                  \
        return REAL(name)(path, flags, mode);                            \
    }
OPENING(open)
OPENING(open64)
