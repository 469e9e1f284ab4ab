/* What a server is loaded with. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <arpa/inet.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "load.h"

#define MESSAGE 64
#define MOST_EVENTS 256

/* The connections that stay open. */
static connection *held;
static int held_count;
static kind held_kind;
static int poller = -1;

/* Accept, handshake, a byte each way, close_notify, close: one after the other. */
void connections(int port, const kind *kind, int count) {
    expect_resumption(port, kind);
    for (int i = 0; i < count; i++) {
        connection one = connect_to(port, kind);
        char byte = 42;
        if (!kind->server_first) send_all(&one, &byte, 1);
        receive_all(&one, &byte, 1);
        if (byte != 42) fail("port %d: another byte came back", port);
        end(&one, kind);
    }
}

/* The request is the direction, the size of a block and their number; an upload is answered with a byte. */
void transfer(int port, const kind *kind, int up, int size, int blocks) {
    expect_resumption(port, kind);
    connection one = connect_to(port, kind);
    char request[9];
    uint32_t numbers[] = {htonl(size), htonl(blocks)};
    request[0] = up;
    memcpy(request + 1, numbers, sizeof numbers);
    send_all(&one, request, sizeof request);
    char *block = calloc(1, size);
    if (up) {
        for (int i = 0; i < blocks; i++) send_all(&one, block, size);
        receive_all(&one, block, 1);
    } else {
        for (long left = (long) size * blocks; left > 0;) {
            left -= receive_some(&one, block, left < size ? (int) left : size);
        }
    }
    free(block);
    end(&one, kind);
}

static void echo(connection *one) {
    char sent[MESSAGE], received[MESSAGE];
    memset(sent, 42, MESSAGE);
    send_all(one, sent, MESSAGE);
    receive_all(one, received, MESSAGE);
    if (memcmp(sent, received, MESSAGE)) fail("the message did not come back");
}

/* Opens connections that stay, each with a message each way. */
void open_more(int port, const kind *kind, int count) {
    expect_resumption(port, kind);
    if (poller < 0) poller = epoll_create1(0);
    held = realloc(held, (held_count + count) * sizeof *held);
    held_kind = *kind;
    for (int i = 0; i < count; i++) {
        connection *one = &held[held_count];
        *one = connect_to(port, kind);
        echo(one);
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = held_count++};
        epoll_ctl(poller, EPOLL_CTL_ADD, one->fd, &event);
    }
}

/* So many messages and their echoes, shared by the open connections, each of which waits for its echo. */
void round_trips(int count) {
    char message[MESSAGE];
    if (held_count == 1) {
        for (int i = 0; i < count; i++) echo(&held[0]);
        return;
    }
    memset(message, 42, MESSAGE);
    int sent = 0, received = 0;
    for (; sent < held_count && sent < count; sent++) send_all(&held[sent], message, MESSAGE);
    while (received < count) {
        struct epoll_event events[MOST_EVENTS];
        int ready = epoll_wait(poller, events, MOST_EVENTS, 60000);
        if (ready <= 0) fail("no echo for a minute");
        for (int i = 0; i < ready; i++) {
            connection *one = &held[events[i].data.u32];
            receive_all(one, message, MESSAGE);
            for (int k = 0; k < MESSAGE; k++) {
                if (message[k] != 42) fail("the message did not come back");
            }
            received++;
            if (sent < count) {
                send_all(one, message, MESSAGE);
                sent++;
            }
        }
    }
}

/* In the end each echoes once more: it was really open. */
void close_all(void) {
    for (int i = 0; i < held_count; i++) {
        echo(&held[i]);
        end(&held[i], &held_kind);
    }
    held_count = 0;
    if (poller >= 0) close(poller);
    poller = -1;
}

/* Microseconds from the connect to the end of the handshake. */
long first_connection(int port, const kind *kind) {
    struct timespec began, ended;
    expect_resumption(port, kind);
    clock_gettime(CLOCK_MONOTONIC, &began);
    connection one = connect_to(port, kind);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    char byte = 42;
    if (!kind->server_first) send_all(&one, &byte, 1);
    receive_all(&one, &byte, 1);
    end(&one, kind);
    return (ended.tv_sec - began.tv_sec) * 1000000L + (ended.tv_nsec - began.tv_nsec) / 1000;
}
