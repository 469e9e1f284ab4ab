/* One connection: TCP, the handshake, what it must have agreed on, and its orderly end. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "load.h"

/* Longer than any server needs. */
#define TIMEOUT_SECONDS 60

#define GROUP "X25519"
#define SUITE "TLS_AES_128_GCM_SHA256"

static SSL_CTX *context;
static X509 *ec_certificate, *rsa_certificate, *own_certificate;
static EVP_PKEY *own_key;

/* The last ticket of the server that is loaded, and what the next handshake did. */
static SSL_SESSION *session;
static int resuming, certificate_requested;

static const char *openssl_reason(void) {
    unsigned long code = ERR_get_error();
    return code ? ERR_reason_error_string(code) : strerror(errno);
}

static void *pem(const char *directory, const char *file, int key) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", directory, file);
    FILE *in = fopen(path, "r");
    if (!in) fail("%s: %s", path, strerror(errno));
    void *read = key ? (void *) PEM_read_PrivateKey(in, NULL, NULL, NULL) : (void *) PEM_read_X509(in, NULL, NULL, NULL);
    fclose(in);
    if (!read) fail("%s: %s", path, openssl_reason());
    return read;
}

static int keep_session(SSL *ssl, SSL_SESSION *given) {
    (void) ssl;
    if (!resuming) return 0;
    SSL_SESSION_free(session);
    session = given;
    return 1;
}

static int give_certificate(SSL *ssl, void *unused) {
    (void) unused;
    certificate_requested = 1;
    return SSL_use_certificate(ssl, own_certificate) == 1 && SSL_use_PrivateKey(ssl, own_key) == 1;
}

void load_certificates(const char *directory) {
    ec_certificate = pem(directory, "ec.pem", 0);
    rsa_certificate = pem(directory, "rsa.pem", 0);
    own_certificate = pem(directory, "client.pem", 0);
    own_key = pem(directory, "client-key.pem", 1);
    context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    SSL_CTX_set1_groups_list(context, GROUP);
    SSL_CTX_set_ciphersuites(context, SUITE);
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL); /* compared with what is expected instead */
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, keep_session);
    SSL_CTX_set_cert_cb(context, give_certificate, NULL);
}

static int tcp(int port) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) fail("socket: %s", strerror(errno));
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct timeval limit = {.tv_sec = TIMEOUT_SECONDS};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (struct sockaddr *) &address, sizeof address) < 0) fail("connect to port %d: %s", port, strerror(errno));
    return fd;
}

/* The same work for every server, or its figure means nothing. */
static void check(SSL *ssl, int port, const kind *kind) {
    if (strcmp(SSL_get_version(ssl), "TLSv1.3")) fail("port %d: %s was negotiated, not TLSv1.3", port, SSL_get_version(ssl));
    const char *suite = SSL_CIPHER_get_name(SSL_get_current_cipher(ssl));
    if (strcmp(suite, SUITE)) fail("port %d: the cipher suite is %s, not " SUITE, port, suite);
    if (SSL_get_negotiated_group(ssl) != NID_X25519) fail("port %d: the group is not " GROUP, port);
    int resumed = SSL_session_reused(ssl);
    if (resumed != (session != NULL)) fail("port %d: the session was %sresumed", port, resumed ? "" : "not ");
    if (resumed) return;
    X509 *peer = SSL_get0_peer_certificate(ssl);
    if (!peer || X509_cmp(peer, kind->rsa ? rsa_certificate : ec_certificate)) {
        fail("port %d: the server's certificate is not the %s one of this run", port, kind->rsa ? "RSA" : "EC");
    }
    if (certificate_requested != kind->mutual) {
        fail("port %d: the server asked for %s certificate", port, certificate_requested ? "a" : "no");
    }
}

connection connect_to(int port, const kind *kind) {
    connection made = {.fd = tcp(port)};
    if (!kind->tls) return made;
    certificate_requested = 0;
    made.ssl = SSL_new(context);
    SSL_set_fd(made.ssl, made.fd);
    if (session) SSL_set_session(made.ssl, session);
    if (SSL_connect(made.ssl) != 1) fail("port %d: the handshake failed: %s", port, openssl_reason());
    check(made.ssl, port, kind);
    return made;
}

/* From here to the next call, connections have to be resumed, or must not be. */
void expect_resumption(int port, const kind *kind) {
    SSL_SESSION_free(session);
    session = NULL;
    resuming = kind->resumed;
    if (!resuming) return;
    char byte = 42;
    connection first = connect_to(port, kind);
    if (!kind->server_first) send_all(&first, &byte, 1);
    receive_all(&first, &byte, 1);
    end(&first, kind);
    if (!session) fail("port %d: the server sent no ticket", port);
}

void send_all(connection *to, const void *bytes, int length) {
    if (to->ssl) {
        if (SSL_write(to->ssl, bytes, length) != length) fail("writing %d bytes: %s", length, openssl_reason());
    } else {
        for (int done = 0; done < length;) {
            int n = send(to->fd, (const char *) bytes + done, length - done, MSG_NOSIGNAL);
            if (n < 0) fail("writing %d bytes: %s", length, strerror(errno));
            done += n;
        }
    }
}

int receive_some(connection *from, void *bytes, int length) {
    int n = from->ssl ? SSL_read(from->ssl, bytes, length) : (int) recv(from->fd, bytes, length, 0);
    if (n <= 0) fail("reading: %s", n == 0 ? "the server ended the connection" : openssl_reason());
    return n;
}

void receive_all(connection *from, void *bytes, int length) {
    for (int done = 0; done < length;) {
        done += receive_some(from, (char *) bytes + done, length - done);
    }
}

/* Both close_notify, then the server's FIN. */
void end(connection *done, const kind *kind) {
    char byte;
    if (done->ssl) {
        if (SSL_shutdown(done->ssl) < 0) fail("sending close_notify: %s", openssl_reason());
        int n = SSL_read(done->ssl, &byte, 1);
        if (n > 0) fail("the server sent more than was asked for");
        if (SSL_get_error(done->ssl, n) != SSL_ERROR_ZERO_RETURN) fail("the server sent no close_notify: %s", openssl_reason());
        SSL_free(done->ssl);
    } else {
        shutdown(done->fd, SHUT_WR);
    }
    int n = recv(done->fd, &byte, 1, 0);
    /* nginx resets: its module ends without reading the byte. */
    if (n > 0 || (n < 0 && !kind->server_first)) fail("the server did not end the connection");
    close(done->fd);
    done->ssl = NULL;
    ERR_clear_error();
}
