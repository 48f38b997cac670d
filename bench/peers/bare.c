/* The least that any program can do that sends each message by itself: one loop, one send() to each reader. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 20000
#define REQUEST_BYTES 131072
static const char STREAM[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
static const char ANSWER[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
static char *requests[MOST];
static size_t lengths[MOST];
static int readers[MOST], reader_count;

static void send_all(int fd, const char *text, size_t length) {
  if (send(fd, text, length, MSG_NOSIGNAL) < 0 && errno != EAGAIN) shutdown(fd, SHUT_RDWR);
}

static void forget(int fd) {
  for (int i = 0; i < reader_count; i++)
    if (readers[i] == fd) readers[i] = readers[--reader_count];
  free(requests[fd]);
  requests[fd] = NULL;
  close(fd);
}

static void broadcast(const char *body, size_t length) {
  static char event[REQUEST_BYTES + 16];
  int size = snprintf(event, sizeof event, "data: %.*s\n\n", (int)length, body);
  for (int i = 0; i < reader_count; i++) send_all(readers[i], event, (size_t)size);
}

static void take(int fd) {
  if (!requests[fd]) requests[fd] = malloc(REQUEST_BYTES), lengths[fd] = 0;
  char *text = requests[fd];
  ssize_t n = recv(fd, text + lengths[fd], REQUEST_BYTES - 1 - lengths[fd], 0);
  if (n <= 0) return forget(fd);
  lengths[fd] += (size_t)n;
  text[lengths[fd]] = 0;
  char *end = strstr(text, "\r\n\r\n"), *header = strcasestr(text, "content-length:");
  size_t body = header ? strtoul(header + 15, NULL, 10) : 0;
  if (!end || lengths[fd] < (size_t)(end + 4 - text) + body) return;
  if (text[0] == 'G') {
    readers[reader_count++] = fd;
    send_all(fd, STREAM, sizeof STREAM - 1);
    free(text);
    requests[fd] = NULL;
  } else {
    broadcast(end + 4, body);
    send_all(fd, ANSWER, sizeof ANSWER - 1);
  }
  lengths[fd] = 0;
}

int main(void) {
  int on = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), loop = epoll_create1(0);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(getenv("PORT")))};
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0 || listen(listener, 4096) < 0) return 1;
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[512];
  epoll_ctl(loop, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    int n = epoll_wait(loop, events, 512, -1);
    for (int i = 0; i < n; i++) {
      if (events[i].data.fd != listener) {
        take(events[i].data.fd);
        continue;
      }
      for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (fd >= MOST) close(fd);
        else event.data.fd = fd, epoll_ctl(loop, EPOLL_CTL_ADD, fd, &event);
      }
    }
  }
}
