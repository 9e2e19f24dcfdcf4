// Runs a keepalived and waits for what it does to the kernel's IPVS table, which is asked each millisecond for one service only.
//
//   measure table  CONF PROGRAM      from exec until the last of 1,000 services has its 10 servers, ms
//   measure reload CONF PROGRAM      from SIGHUP until one server of it has the weight that CONF.new says, ms
//   measure killed CONF PROGRAM      from the moment of the check after a server's death until the server is out of the table, ms
#include <arpa/inet.h>
#include <errno.h>
#include <linux/ip_vs.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SERVERS = 10, CHECK_PERIOD_MS = 1000, LIMIT_MS = 120000 };

static int control;

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void pause_ms(double ms)
{
    struct timespec t = { (time_t)(ms / 1000), (long)(ms * 1e6) % 1000000000 };
    nanosleep(&t, NULL);
}

// How many servers 10.0.LAST:80 has, and the weight of the first.
static int servers_of(const char *service, int *weight)
{
    char bytes[sizeof(struct ip_vs_get_dests) + SERVERS * sizeof(struct ip_vs_dest_entry)];
    struct ip_vs_get_dests *get = (void *)bytes;
    memset(bytes, 0, sizeof bytes);
    get->protocol = IPPROTO_TCP;
    inet_pton(AF_INET, service, &get->addr);
    get->port = htons(80);
    get->num_dests = SERVERS;
    socklen_t length = sizeof bytes;
    if (getsockopt(control, IPPROTO_IP, IP_VS_SO_GET_DESTS, bytes, &length) < 0)
        return -1;
    int count = 0;
    *weight = get->entrytable[0].weight;
    for (int i = 0; i < SERVERS; i++) {
        count += get->entrytable[i].addr != 0;
        if (ntohl(get->entrytable[i].addr) == 0x7f000001 || (ntohl(get->entrytable[i].addr) & 0xff) == 1)
            *weight = get->entrytable[i].weight;
    }
    return count;
}

static double wait_for(const char *service, int count, int weight)
{
    double end = now_ms() + LIMIT_MS;
    int has_weight = 0;
    while (servers_of(service, &has_weight) != count || (weight && has_weight != weight)) {
        if (now_ms() > end) {
            fprintf(stderr, "gave up on %s: %d servers, weight %d\n", service, servers_of(service, &has_weight), has_weight);
            exit(1);
        }
        pause_ms(1);
    }
    return now_ms();
}

static pid_t start(char **program)
{
    pid_t pid = fork();
    if (pid == 0) {
        execv(program[0], program);
        perror(program[0]);
        _exit(127);
    }
    return pid;
}

static int listen_on(int port)
{
    int one = 1, socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(socket_, (void *)&address, sizeof address) || listen(socket_, 16)) {
        perror("listen");
        exit(1);
    }
    return socket_;
}

// Takes checks until one more has come, at whose time the server dies; says when that was.
static double die_after_check(int listener, int checks)
{
    double at = 0;
    while (checks-- > 0) {
        int connection = accept(listener, NULL, NULL);
        at = now_ms();
        close(connection);
    }
    close(listener);
    return at;
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    control = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
    char *program[] = { argv[3], "-n", "-l", "-C", "-f", argv[2], "-p", "/run/bench.pid", "-c", "/run/bench-checkers.pid", NULL };
    int is_killed = strcmp(argv[1], "killed") == 0;
    int listener = is_killed ? listen_on(8080) : -1;
    const char *last = "10.0.3.231"; // the thousandth of 10.0.0.0, from 0
    double begun = now_ms(), done;
    pid_t pid = start(program);
    if (is_killed) {
        wait_for("10.0.0.1", 1, 0);
        // Both count the pause from the end of a check, which is the accept.
        begun = die_after_check(listener, 4) + CHECK_PERIOD_MS;
        done = wait_for("10.0.0.1", 0, 0);
    } else {
        done = wait_for(last, SERVERS, 0);
        if (strcmp(argv[1], "reload") == 0) {
            char changed[4096];
            snprintf(changed, sizeof changed, "%s.new", argv[2]);
            pause_ms(4000);
            if (rename(changed, argv[2]))
                perror(changed);
            begun = now_ms();
            kill(pid, SIGHUP);
            done = wait_for(last, SERVERS, 77);
        }
    }
    printf("%.2f\n", done - begun);
    kill(pid, SIGTERM);
    waitpid(pid, NULL, 0);
    return 0;
}
