/*
 * Reads commands, a line each, and answers each with "ok <its CPU in µs> <µs that passed> <result>" or with "error <why>",
 * after which it ends. The argument is the directory of the certificates.
 *
 *   connections PORT KIND COUNT        first PORT KIND
 *   transfer PORT KIND up|down SIZE BLOCKS
 *   open PORT KIND COUNT               trips COUNT             close
 *   cpu PID                            the nanoseconds of CPU that a process has used
 *
 * KIND is "plain", or "ec" or "rsa", with "+mutual", "+resumed" or "+first" behind it.
 */
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "load.h"

void fail(const char *format, ...) {
    va_list values;
    va_start(values, format);
    fputs("error ", stdout);
    vprintf(format, values);
    va_end(values);
    puts("");
    fflush(stdout);
    exit(1);
}

static kind parsed(const char *text) {
    return (kind){
        .tls = strncmp(text, "plain", 5) != 0,
        .rsa = strncmp(text, "rsa", 3) == 0,
        .mutual = strstr(text, "+mutual") != NULL,
        .resumed = strstr(text, "+resumed") != NULL,
        .server_first = strstr(text, "+first") != NULL,
    };
}

static long micros(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000L + now.tv_nsec / 1000;
}

/* The sum of utime and stime in /proc, ended threads included, without their rounding to hundredths of a second. */
static long process_nanos(int pid) {
    clockid_t clock;
    struct timespec used;
    if (clock_getcpuclockid(pid, &clock) || clock_gettime(clock, &used)) fail("process %d has no CPU clock", pid);
    return used.tv_sec * 1000000000L + used.tv_nsec;
}

static long obey(const char *line) {
    int port, count, size;
    char name[64], direction[8];
    if (sscanf(line, "connections %d %63s %d", &port, name, &count) == 3) {
        kind kind = parsed(name);
        connections(port, &kind, count);
    } else if (sscanf(line, "first %d %63s", &port, name) == 2) {
        kind kind = parsed(name);
        return first_connection(port, &kind);
    } else if (sscanf(line, "transfer %d %63s %7s %d %d", &port, name, direction, &size, &count) == 5) {
        kind kind = parsed(name);
        transfer(port, &kind, strcmp(direction, "up") == 0, size, count);
    } else if (sscanf(line, "open %d %63s %d", &port, name, &count) == 3) {
        kind kind = parsed(name);
        open_more(port, &kind, count);
    } else if (sscanf(line, "trips %d", &count) == 1) {
        round_trips(count);
    } else if (sscanf(line, "cpu %d", &count) == 1) {
        return process_nanos(count);
    } else if (strncmp(line, "close", 5) == 0) {
        close_all();
    } else {
        fail("no such command: %s", line);
    }
    return 0;
}

int main(int count, char **arguments) {
    signal(SIGPIPE, SIG_IGN);
    if (count != 2) fail("the argument is the directory of the certificates");
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    load_certificates(arguments[1]);
    puts("ok 0 0 0");
    fflush(stdout);
    char line[256];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = 0;
        long cpu = micros(CLOCK_PROCESS_CPUTIME_ID), wall = micros(CLOCK_MONOTONIC);
        long result = obey(line);
        printf("ok %ld %ld %ld\n", micros(CLOCK_PROCESS_CPUTIME_ID) - cpu, micros(CLOCK_MONOTONIC) - wall, result);
        fflush(stdout);
    }
    return 0;
}
