/*
 * A kernel that says yes: LD_PRELOAD it into a program, and its generic netlink sockets are answered as if by IPVS, from a thread of the same
 * process. Commands are counted, and written with their times (CLOCK_MONOTONIC, ns) to the file in IPVS_STUB_LOG. For measuring checkers on
 * machines whose kernel has no IPVS; nothing is balanced.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>

enum { FAMILY = 0x21, MAX_FD = 1 << 16, GET_SERVICE = 4, GET_DEST = 8, GET_DAEMON = 11, SET_CONFIG = 12, GET_CONFIG = 13, SET_INFO = 14, GET_INFO = 15 };

static char is_fake[MAX_FD];
static int log_fd = -1;

#define REAL(name) ({ static __typeof__(&name) real; if (!real) real = dlsym(RTLD_NEXT, #name); real; })

static size_t put(char *at, unsigned short type, const void *data, size_t length)
{
    struct nlattr attribute = { .nla_len = NLA_HDRLEN + length, .nla_type = type };
    memcpy(at, &attribute, sizeof attribute);
    memset(at + NLA_HDRLEN, 0, NLA_ALIGN(length));
    memcpy(at + NLA_HDRLEN, data, length);
    return NLA_HDRLEN + NLA_ALIGN(length);
}

static char *begin(char *at, const struct nlmsghdr *request, unsigned short type, unsigned char command)
{
    struct nlmsghdr *header = (void *)at;
    *header = (struct nlmsghdr){ .nlmsg_type = type, .nlmsg_seq = request->nlmsg_seq, .nlmsg_pid = request->nlmsg_pid };
    struct genlmsghdr *generic = NLMSG_DATA(header);
    *generic = (struct genlmsghdr){ .cmd = command, .version = 1 };
    return at + NLMSG_LENGTH(GENL_HDRLEN);
}

static char *answer(char *out, const struct nlmsghdr *request)
{
    const struct genlmsghdr *generic = NLMSG_DATA(request);
    char *start = out;
    unsigned value;
    if (request->nlmsg_type == GENL_ID_CTRL) {
        unsigned short id = FAMILY;
        out = begin(out, request, GENL_ID_CTRL, CTRL_CMD_NEWFAMILY);
        out += put(out, CTRL_ATTR_FAMILY_NAME, "IPVS", 5);
        out += put(out, CTRL_ATTR_FAMILY_ID, &id, 2);
        out += put(out, CTRL_ATTR_VERSION, (value = 1, &value), 4);
        out += put(out, CTRL_ATTR_HDRSIZE, (value = 0, &value), 4);
        out += put(out, CTRL_ATTR_MAXATTR, (value = 6, &value), 4);
        ((struct nlmsghdr *)start)->nlmsg_len = out - start;
    } else if (generic->cmd == GET_INFO) {
        out = begin(out, request, FAMILY, SET_INFO);
        out += put(out, 1, (value = 0x010201, &value), 4);
        out += put(out, 2, (value = 4096, &value), 4);
        ((struct nlmsghdr *)start)->nlmsg_len = out - start;
    } else if (generic->cmd == GET_CONFIG) {
        out = begin(out, request, FAMILY, SET_CONFIG);
        for (int i = 4; i <= 6; i++)
            out += put(out, i, (value = 100, &value), 4);
        ((struct nlmsghdr *)start)->nlmsg_len = out - start;
    } else if (log_fd >= 0) {
        struct timespec now;
        char line[64];
        clock_gettime(CLOCK_MONOTONIC, &now);
        int length = snprintf(line, sizeof line, "%lld %d\n", now.tv_sec * 1000000000LL + now.tv_nsec, generic->cmd);
        if (write(log_fd, line, length) < 0)
            abort();
    }

    struct nlmsghdr *end = (void *)out;
    int is_dump = (request->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
    *end = (struct nlmsghdr){ .nlmsg_seq = request->nlmsg_seq, .nlmsg_pid = request->nlmsg_pid };
    if (is_dump) {
        end->nlmsg_type = NLMSG_DONE;
        end->nlmsg_flags = NLM_F_MULTI;
        end->nlmsg_len = NLMSG_LENGTH(4);
        memset(NLMSG_DATA(end), 0, 4);
    } else {
        struct nlmsgerr *error = NLMSG_DATA(end);
        end->nlmsg_type = NLMSG_ERROR;
        end->nlmsg_len = NLMSG_LENGTH(sizeof *error);
        *error = (struct nlmsgerr){ .error = 0, .msg = *request };
    }
    return out + NLMSG_ALIGN(end->nlmsg_len);
}

static void *serve(void *state)
{
    int fd = (int)(long)state;
    enum { SIZE = 1 << 18 };
    char *in = malloc(SIZE), *out = malloc(4096); /* no thread-local arrays: they would count against the stacks of all threads */
    for (;;) {
        ssize_t length = REAL(recv)(fd, in, SIZE, 0);
        if (length <= 0)
            return NULL;
        for (struct nlmsghdr *request = (void *)in; NLMSG_OK(request, length); request = NLMSG_NEXT(request, length)) {
            char *end = answer(out, request);
            /* One message a datagram, as the kernel sends acknowledgements. */
            for (struct nlmsghdr *message = (void *)out; (char *)message < end; message = (void *)((char *)message + NLMSG_ALIGN(message->nlmsg_len)))
                if (REAL(send)(fd, message, message->nlmsg_len, MSG_NOSIGNAL) < 0)
                    return NULL;
        }
    }
}

int socket(int domain, int type, int protocol)
{
    int pair[2];
    pthread_t thread;
    if (domain != AF_NETLINK || protocol != NETLINK_GENERIC)
        return REAL(socket)(domain, type, protocol);
    if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, pair) < 0)
        return -1;
    int size = 8 << 20;
    for (int i = 0; i < 2; i++)
        REAL(setsockopt)(pair[i], SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size);
    if (getenv("IPVS_STUB_LOG") && log_fd < 0)
        log_fd = REAL(dup)(fileno(fopen(getenv("IPVS_STUB_LOG"), "a")));
    /* Only one of the ends may be asked not to wait. */
    if (type & SOCK_NONBLOCK)
        fcntl(pair[0], F_SETFL, O_NONBLOCK);
    /* Signals are the program's: one that came to this thread would be lost to a signalfd. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    pthread_create(&thread, NULL, serve, (void *)(long)pair[1]);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    is_fake[pair[0]] = 1;
    return pair[0];
}

int bind(int fd, const struct sockaddr *address, socklen_t length)
{
    return fd >= 0 && fd < MAX_FD && is_fake[fd] ? 0 : REAL(bind)(fd, address, length);
}

int close(int fd)
{
    if (fd >= 0 && fd < MAX_FD)
        is_fake[fd] = 0;
    return REAL(close)(fd);
}

int setsockopt(int fd, int level, int name, const void *value, socklen_t length)
{
    return fd >= 0 && fd < MAX_FD && is_fake[fd] && level != SOL_SOCKET ? 0 : REAL(setsockopt)(fd, level, name, value, length);
}

static void fill(void *name, socklen_t *length)
{
    struct sockaddr_nl address = { .nl_family = AF_NETLINK };
    if (name && *length >= sizeof address) {
        memcpy(name, &address, sizeof address);
        *length = sizeof address;
    }
}

int getsockname(int fd, struct sockaddr *address, socklen_t *length)
{
    if (fd < 0 || fd >= MAX_FD || !is_fake[fd])
        return REAL(getsockname)(fd, address, length);
    struct sockaddr_nl own = { .nl_family = AF_NETLINK, .nl_pid = getpid() };
    memcpy(address, &own, sizeof own);
    *length = sizeof own;
    return 0;
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    struct msghdr copy = *message;
    if (fd >= 0 && fd < MAX_FD && is_fake[fd]) {
        copy.msg_name = NULL;
        copy.msg_namelen = 0;
        copy.msg_control = NULL;
        copy.msg_controllen = 0;
    }
    return REAL(sendmsg)(fd, &copy, flags);
}

ssize_t sendto(int fd, const void *data, size_t length, int flags, const struct sockaddr *address, socklen_t size)
{
    return fd >= 0 && fd < MAX_FD && is_fake[fd]
        ? REAL(send)(fd, data, length, flags) : REAL(sendto)(fd, data, length, flags, address, size);
}

int sendmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags)
{
    if (fd >= 0 && fd < MAX_FD && is_fake[fd])
        for (unsigned i = 0; i < count; i++)
            messages[i].msg_hdr.msg_name = NULL, messages[i].msg_hdr.msg_namelen = 0;
    return REAL(sendmmsg)(fd, messages, count, flags);
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
    void *name = message->msg_name;
    socklen_t length = message->msg_namelen;
    ssize_t result = REAL(recvmsg)(fd, message, flags);
    if (result >= 0 && fd < MAX_FD && is_fake[fd]) {
        fill(name, &length);
        message->msg_namelen = length;
    }
    return result;
}

int recvmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags, struct timespec *timeout)
{
    socklen_t lengths[count];
    for (unsigned i = 0; i < count; i++)
        lengths[i] = messages[i].msg_hdr.msg_namelen;
    int result = REAL(recvmmsg)(fd, messages, count, flags, timeout);
    if (fd >= 0 && fd < MAX_FD && is_fake[fd])
        for (int i = 0; i < result; i++) {
            fill(messages[i].msg_hdr.msg_name, &lengths[i]);
            messages[i].msg_hdr.msg_namelen = lengths[i];
        }
    return result;
}
