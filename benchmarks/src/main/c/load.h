/* The load client of the comparison: what its files share. */
#ifndef LOAD_H
#define LOAD_H

#include <openssl/ssl.h>

/* What a connection has to be. A connection that is anything else ends the run. */
typedef struct {
    int tls;          /* 0: no TLS at all */
    int rsa;          /* the server's key is RSA, not EC */
    int mutual;       /* the server asks for a certificate */
    int resumed;      /* all but the first are resumed */
    int server_first; /* the server sends its byte unasked and closes the connection */
} kind;

typedef struct {
    int fd;
    SSL *ssl; /* null: no TLS */
} connection;

/* Prints the reason as the answer to the command and ends the process. */
void fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* tls.c */
void load_certificates(const char *directory);
connection connect_to(int port, const kind *kind);
void expect_resumption(int port, const kind *kind);
void send_all(connection *connection, const void *bytes, int length);
void receive_all(connection *connection, void *bytes, int length);
int receive_some(connection *connection, void *bytes, int length);
void end(connection *connection, const kind *kind);

/* loads.c */
void connections(int port, const kind *kind, int count);
void transfer(int port, const kind *kind, int up, int size, int blocks);
void open_more(int port, const kind *kind, int count);
void round_trips(int count);
void close_all(void);
long first_connection(int port, const kind *kind);

#endif
