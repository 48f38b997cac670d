/*
 * The load: opens readers on this machine, publishes over HTTP, counts what arrives and when, and reads from /proc what
 * that costs the server. It knows no protocol: the readers' first bytes and the publishers' request are files; a message
 * that arrives is known by its field "sentAt":<16 digits>, microseconds of the wall clock, which are put in the place of
 * the digits in the publishers' request. Prints one line of JSON. `load.mjs` takes the same options and prints the same,
 * without a compiler.
 *
 *   --port P --request FILE     where, and what a reader sends first; @N@ is the reader's number
 *   --pid PID                   the server's process
 *   --collect                   has it collect its garbage (SIGUSR2) before its memory is read
 *   --readers N --burst B       how many, and how many of them may be connecting at a time
 *   --before N                  so many of them are opened before what the others cost is measured
 *   --channels C                @N@ is the reader's number modulo C
 *   --stalled S                 further ones, opened first, that never read
 *   --follow-up FILE                what a reader sends once it has its response's head
 *   --engine-io                 answers Engine.IO's pings
 *   --expect M --patience T     waits until each reader has M messages, T seconds at most
 *   --publish FILE --publishers K --rate R --warm W --seconds T
 *                               publishes: K at a time as fast as they are answered, or R a second over K connections
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MARK "\"sentAt\":"
#define MARK_LENGTH 9
#define STAMP_DIGITS 16
#define READ_BYTES (256 * 1024)
#define PUBLISHER_BIT 0x80000000u

typedef struct {
  int fd;
  enum { CONNECTING, ASKED, OPEN, GONE } state;
  int matched;     /* characters of MARK, then digits, seen at the end of the last read */
  uint64_t stamp;  /* value of those digits */
  uint64_t count;  /* messages that arrived */
} Reader;

typedef struct {
  int fd, busy;
  size_t length;     /* of the answer so far */
  char start[2048];  /* its first bytes, the head among them */
} Publisher;

static struct {
  int port, readers, before, burst, channels, stalled, engine_io, collect, publishers;
  uint64_t expect;
  double patience, rate, warm, seconds;
  const char *request, *follow_up, *publish, *pid;
} opt = {.burst = 200, .channels = 1 << 30, .publishers = 4, .patience = 30, .warm = 1, .seconds = 4};

static Reader *readers;
static char *request, *follow_up;
static size_t follow_up_length;
static int opened, refused, lost_connections, poll_fd;
static int measuring;
static uint64_t deliveries, completed, last_complete_us;

static void fail(const char *what) {
  fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
  exit(1);
}

static uint64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

/* ---- latencies: 32 buckets to each power of two */

#define SUB 32
static uint64_t buckets[SUB * 64], recorded, longest_us;

static void record(uint64_t us) {
  int exponent = us < SUB ? 0 : 63 - __builtin_clzll(us) - 4;
  buckets[us < SUB ? us : (uint64_t)exponent * SUB + (us >> (exponent - 1)) - SUB]++;
  recorded++;
  if (us > longest_us) longest_us = us;
}

static uint64_t percentile(double share) {
  uint64_t wanted = (uint64_t)(share * (double)recorded), seen = 0;
  for (uint64_t i = 0; i < SUB * 64; i++) {
    seen += buckets[i];
    if (seen > wanted) return i < SUB ? i : (i % SUB + SUB) << (i / SUB - 1);
  }
  return longest_us;
}

/* ---- what the server uses */

static double cpu_ms(void) {
  char path[64], line[1024];
  unsigned long user, system;
  if (!opt.pid) return 0;
  snprintf(path, sizeof path, "/proc/%s/stat", opt.pid);
  FILE *file = fopen(path, "r");
  if (!file) return 0;
  char *rest = fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL;
  fclose(file);
  if (!rest || sscanf(rest + 2, "%*c%*d%*d%*d%*d%*d%*u%*u%*u%*u%*u%lu%lu", &user, &system) != 2) return 0;
  return 1000.0 * (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

/* One line of /proc/PID/status in KiB: "VmRSS:" for now, "VmHWM:" for the most so far. */
static long memory_kib(const char *name) {
  char path[64], line[256];
  long kib = 0;
  if (!opt.pid) return 0;
  snprintf(path, sizeof path, "/proc/%s/status", opt.pid);
  FILE *file = fopen(path, "r");
  if (!file) return 0;
  while (fgets(line, sizeof line, file))
    if (!strncmp(line, name, strlen(name))) kib = atol(line + strlen(name));
  fclose(file);
  return kib;
}

/* Memory in use: without what a collection of garbage, if the server knows how, would free. */
static long memory_used_kib(void) {
  if (opt.collect && kill(atoi(opt.pid), SIGUSR2) == 0) usleep(1000000);
  return memory_kib("VmRSS:");
}

/* ---- readers */

static char *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  if (!file) fail(path);
  char *text = malloc(1 << 20);
  *length = fread(text, 1, (1 << 20) - 1, file);
  text[*length] = 0;
  fclose(file);
  return text;
}

static void watch(int fd, uint32_t key, uint32_t events, int op) {
  struct epoll_event event = {.events = events, .data.u32 = key};
  if (epoll_ctl(poll_fd, op, fd, &event) < 0) fail("epoll_ctl");
}

static struct sockaddr_in address(void) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)opt.port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return to;
}

static void start_reader(uint32_t i) {
  struct sockaddr_in to = address();
  Reader *reader = &readers[i];
  reader->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (reader->fd < 0) fail("socket");
  if (connect(reader->fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS) fail("connect");
  watch(reader->fd, i, EPOLLOUT, EPOLL_CTL_ADD);
}

static void ask(uint32_t i) {
  char text[8192];
  Reader *reader = &readers[i];
  const char *at = strstr(request, "@N@");
  int length = at ? snprintf(text, sizeof text, "%.*s%u%s", (int)(at - request), request, i % (uint32_t)opt.channels, at + 3)
                  : snprintf(text, sizeof text, "%s", request);
  if (write(reader->fd, text, (size_t)length) != length) fail("request");
  reader->state = ASKED;
  watch(reader->fd, i, EPOLLIN, EPOLL_CTL_MOD);
}

static void drop(Reader *reader) {
  if (reader->state == OPEN) lost_connections++;
  else refused++;
  reader->state = GONE;
  close(reader->fd);
}

static void arrived(Reader *reader, uint64_t at_us) {
  reader->count++;
  if (opt.expect && reader->count == opt.expect) {
    completed++;
    last_complete_us = at_us;
  }
  if (!measuring) return;
  deliveries++;
  record(at_us > reader->stamp ? at_us - reader->stamp : 0);
}

/* Takes one character of the marker or of its digits; what is no part of it begins anew. */
static void step(Reader *reader, char c, uint64_t at_us) {
  if (reader->matched < MARK_LENGTH) {
    reader->matched = c == MARK[reader->matched] ? reader->matched + 1 : c == '"' ? 1 : 0;
    reader->stamp = 0;
  } else if (c < '0' || c > '9') {
    reader->matched = c == '"' ? 1 : 0;
  } else {
    reader->stamp = reader->stamp * 10 + (uint64_t)(c - '0');
    if (++reader->matched < MARK_LENGTH + STAMP_DIGITS) return;
    arrived(reader, at_us);
    reader->matched = 0;
  }
}

static void count_messages(Reader *reader, const char *bytes, size_t length, uint64_t at_us) {
  const char *p = bytes, *end = bytes + length;
  while (p < end) {
    if (reader->matched == 0) {
      const char *found = memmem(p, (size_t)(end - p), MARK, MARK_LENGTH);
      if (found) {
        reader->matched = MARK_LENGTH;
        reader->stamp = 0;
        p = found + MARK_LENGTH;
        continue;
      }
      /* The marker may begin in the last few characters. */
      if (end - p >= MARK_LENGTH) p = end - MARK_LENGTH + 1;
    }
    do step(reader, *p++, at_us);
    while (p < end && reader->matched > 0);
  }
}

static void pong(int fd, const char *bytes, ssize_t length) {
  static const unsigned char frame[] = {0x81, 0x81, 0, 0, 0, 0, '3'};
  if (length == 3 && (unsigned char)bytes[0] == 0x81 && bytes[2] == '2' && write(fd, frame, sizeof frame) < 0) fail("pong");
}

static void read_reader(Reader *reader) {
  static char bytes[READ_BYTES];
  ssize_t length = read(reader->fd, bytes, sizeof bytes);
  if (length < 0 && errno == EAGAIN) return;
  if (length <= 0) return drop(reader);
  if (reader->state == ASKED) {
    if (length < 12 || (memcmp(bytes + 9, "200", 3) && memcmp(bytes + 9, "101", 3))) {
      if (!refused) fprintf(stderr, "load: refused: %.*s\n", (int)(length < 300 ? length : 300), bytes);
      return drop(reader);
    }
    reader->state = OPEN;
    opened++;
    if (follow_up && write(reader->fd, follow_up, follow_up_length) < 0) fail("follow-up");
  }
  if (opt.engine_io) pong(reader->fd, bytes, length);
  count_messages(reader, bytes, (size_t)length, now_us());
}

static void open_stalled(void) {
  /* As over Ethernet: the loopback's 64 KB segments make the server's system set megabytes aside for each. */
  int segment = 1448;
  int small = 4096;
  struct sockaddr_in to = address();
  for (int i = 0; i < opt.stalled; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) fail("socket");
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    setsockopt(fd, IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof segment);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) < 0) fail("connect");
    if (write(fd, request, strlen(request)) < 0) fail("request");
  }
}

/* ---- publishers */

static Publisher *publishers;
static char *publish_text;
static size_t publish_length;
static uint64_t published, failed;

static void open_publisher(uint32_t i) {
  struct sockaddr_in to = address();
  int on = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) < 0) fail("publisher");
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  fcntl(fd, F_SETFL, O_NONBLOCK);
  publishers[i].fd = fd;
  watch(fd, PUBLISHER_BIT | i, EPOLLIN, EPOLL_CTL_ADD);
}

static void publish(Publisher *publisher) {
  char digits[STAMP_DIGITS + 1];
  size_t sent = 0;
  snprintf(digits, sizeof digits, "%016llu", (unsigned long long)now_us());
  memcpy(strstr(publish_text, MARK) + MARK_LENGTH, digits, STAMP_DIGITS);
  while (sent < publish_length) {
    ssize_t n = write(publisher->fd, publish_text + sent, publish_length - sent);
    if (n < 0 && errno != EAGAIN) fail("publish");
    if (n > 0) sent += (size_t)n;
  }
  publisher->busy = 1;
  publisher->length = 0;
  published++;
}

/* Tells whether an answer is whole: it has a head, and after it as many bytes as that says. */
static int is_whole(const Publisher *publisher) {
  const char *body = strstr(publisher->start, "\r\n\r\n"), *header = strcasestr(publisher->start, "\r\ncontent-length:");
  size_t length = header && header < body ? strtoul(header + 17, NULL, 10) : 0;
  return body && publisher->length >= (size_t)(body + 4 - publisher->start) + length;
}

static void read_answer(Publisher *publisher) {
  static char bytes[READ_BYTES];
  ssize_t n = read(publisher->fd, bytes, sizeof bytes);
  if (n < 0 && errno == EAGAIN) return;
  if (n <= 0) fail("a publisher's connection was closed");
  if (publisher->length < sizeof publisher->start - 1) {
    size_t room = sizeof publisher->start - 1 - publisher->length, taken = (size_t)n < room ? (size_t)n : room;
    memcpy(publisher->start + publisher->length, bytes, taken);
    publisher->start[publisher->length + taken] = 0;
  }
  publisher->length += (size_t)n;
  if (!is_whole(publisher)) return;
  publisher->busy = 0;
  if (publisher->start[9] == '2') return;
  if (!failed++) fprintf(stderr, "load: a publish failed: %.300s\n", publisher->start);
}

/* ---- one turn: whatever has happened within `wait_ms` */

static void turn(int wait_ms) {
  struct epoll_event events[512];
  int n = epoll_wait(poll_fd, events, 512, wait_ms);
  for (int i = 0; i < n; i++) {
    uint32_t key = events[i].data.u32;
    if (key & PUBLISHER_BIT) {
      read_answer(&publishers[key & ~PUBLISHER_BIT]);
      continue;
    }
    Reader *reader = &readers[key];
    if (reader->state == GONE) continue;
    if (reader->state != CONNECTING) read_reader(reader);
    else if (events[i].events & (EPOLLERR | EPOLLHUP)) drop(reader);
    else ask(key);
  }
}

/* Opens readers until `count` of them are. */
static void open_readers(int count, uint64_t deadline_us) {
  static int started;
  while (opened + refused < count && now_us() < deadline_us) {
    while (started < count && started - opened - refused < opt.burst) start_reader((uint32_t)started++);
    turn(100);
  }
}

static void publish_due(uint64_t *next_us) {
  for (int i = 0; i < opt.publishers; i++) {
    if (publishers[i].busy) continue;
    if (opt.rate > 0) {
      if (now_us() < *next_us) return;
      *next_us += (uint64_t)(1e6 / opt.rate);
    }
    publish(&publishers[i]);
  }
}

static void read_options(int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    const char *name = argv[i];
    if (!strcmp(name, "--engine-io")) {
      opt.engine_io = 1;
      continue;
    }
    if (!strcmp(name, "--collect")) {
      opt.collect = 1;
      continue;
    }
    const char *value = i + 1 < argc ? argv[++i] : "";
    if (!strcmp(name, "--port")) opt.port = atoi(value);
    else if (!strcmp(name, "--request")) opt.request = value;
    else if (!strcmp(name, "--follow-up")) opt.follow_up = value;
    else if (!strcmp(name, "--pid")) opt.pid = value;
    else if (!strcmp(name, "--readers")) opt.readers = atoi(value);
    else if (!strcmp(name, "--before")) opt.before = atoi(value);
    else if (!strcmp(name, "--burst")) opt.burst = atoi(value);
    else if (!strcmp(name, "--channels")) opt.channels = atoi(value);
    else if (!strcmp(name, "--stalled")) opt.stalled = atoi(value);
    else if (!strcmp(name, "--expect")) opt.expect = strtoull(value, NULL, 10);
    else if (!strcmp(name, "--patience")) opt.patience = atof(value);
    else if (!strcmp(name, "--publish")) opt.publish = value;
    else if (!strcmp(name, "--publishers")) opt.publishers = atoi(value);
    else if (!strcmp(name, "--rate")) opt.rate = atof(value);
    else if (!strcmp(name, "--warm")) opt.warm = atof(value);
    else if (!strcmp(name, "--seconds")) opt.seconds = atof(value);
    else {
      fprintf(stderr, "load: unknown option %s\n", name);
      exit(2);
    }
  }
}

int main(int argc, char **argv) {
  read_options(argc, argv);
  struct rlimit files;
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
  size_t request_length;
  request = read_file(opt.request, &request_length);
  if (opt.follow_up) follow_up = read_file(opt.follow_up, &follow_up_length);
  readers = calloc((size_t)opt.readers + 1, sizeof *readers);
  publishers = calloc((size_t)opt.publishers + 1, sizeof *publishers);
  poll_fd = epoll_create1(0);

  /* Open. */
  open_stalled();
  uint64_t deadline_us = now_us() + (uint64_t)(opt.patience * 1e6);
  open_readers(opt.before, deadline_us);
  long memory_before = memory_used_kib();
  double cpu_before = cpu_ms();
  uint64_t started_us = now_us();
  open_readers(opt.readers, deadline_us);
  uint64_t opened_us = now_us();
  double cpu_open = cpu_ms() - cpu_before;
  while (opt.expect && completed < (uint64_t)opt.readers && now_us() < deadline_us) turn(20);
  for (uint64_t until = now_us() + 700000; now_us() < until;) turn(20);
  long memory_open = memory_used_kib();

  /* Publish. */
  uint64_t warm_published = 0, measured_us = 0;
  double cpu = 0;
  if (opt.publish) {
    publish_text = read_file(opt.publish, &publish_length);
    for (int i = 0; i < opt.publishers; i++) open_publisher((uint32_t)i);
    int wait_ms = opt.rate > 0 ? 1 : 20;
    uint64_t next_us = now_us(), measure_us = next_us + (uint64_t)(opt.warm * 1e6), end_us = measure_us + (uint64_t)(opt.seconds * 1e6);
    for (uint64_t t = now_us(); t < end_us; t = now_us()) {
      if (!measuring && t >= measure_us) {
        measuring = 1;
        measured_us = t;
        warm_published = published;
        cpu = cpu_ms();
      }
      publish_due(&next_us);
      turn(wait_ms);
    }
    cpu = cpu_ms() - cpu;
    measured_us = now_us() - measured_us;
    measuring = 0;
  }
  uint64_t measured = published - warm_published;

  /* What is still under way belongs to nobody's measure, but must not be missing. */
  uint64_t wanted = opt.expect + published, fewest = 0, quiet_us = now_us() + 3000000;
  do {
    turn(20);
    fewest = UINT64_MAX;
    for (int i = 0; i < opt.readers; i++)
      if (readers[i].state == OPEN && readers[i].count < fewest) fewest = readers[i].count;
  } while (opt.publish && fewest < wanted && now_us() < quiet_us);

  uint64_t missing = 0, doubled = 0;
  for (int i = 0; i < opt.readers; i++) {
    if (readers[i].state != OPEN) continue;
    if (readers[i].count < wanted) missing += wanted - readers[i].count;
    if (readers[i].count > wanted) doubled += readers[i].count - wanted;
  }
  printf("{\"opened\":%d,\"refused\":%d,\"lostConnections\":%d,\"openMs\":%.0f,\"openCpuMs\":%.0f,", opened,
         refused, lost_connections, (double)(opened_us - started_us) / 1e3, cpu_open);
  printf("\"memoryBeforeKib\":%ld,\"memoryOpenKib\":%ld,\"memoryPeakKib\":%ld,", memory_before, memory_open, memory_kib("VmHWM:"));
  printf("\"completed\":%llu,\"completeMs\":%.0f,", (unsigned long long)completed,
         last_complete_us ? (double)(last_complete_us - started_us) / 1e3 : 0);
  printf("\"published\":%llu,\"failed\":%llu,\"missing\":%llu,\"doubled\":%llu,", (unsigned long long)measured,
         (unsigned long long)failed, (unsigned long long)missing, (unsigned long long)doubled);
  printf("\"deliveries\":%llu,\"seconds\":%.3f,\"cpuMs\":%.0f,\"p50Us\":%llu,\"p99Us\":%llu,\"maxUs\":%llu}\n",
         (unsigned long long)deliveries, (double)measured_us / 1e6, cpu, (unsigned long long)percentile(0.5),
         (unsigned long long)percentile(0.99), (unsigned long long)longest_us);
  return 0;
}
