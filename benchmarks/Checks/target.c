/* The servers to check: one process that accepts at a port of every address, answers an HTTP request if told so, and closes. */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int count, char **words)
{
    static const char page[] = "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok";
    int is_http = count > 2 && !strcmp(words[2], "http"), one = 1, epoll = epoll_create1(0);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(atoi(words[1])) };
    struct rlimit limit = { 65536, 65536 };
    struct epoll_event event = { .events = EPOLLIN, .data.fd = listener }, events[256];
    char request[4096];
    setrlimit(RLIMIT_NOFILE, &limit);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (void *)&address, sizeof address) || listen(listener, 65535))
        return perror("listen"), 1;
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int ready = epoll_wait(epoll, events, 256, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.fd != listener) {
                if (read(events[i].data.fd, request, sizeof request) > 0 && write(events[i].data.fd, page, sizeof page - 1) < 0)
                    perror("write");
                close(events[i].data.fd);
                continue;
            }
            for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
                event = (struct epoll_event){ .events = EPOLLIN, .data.fd = fd };
                if (!is_http || epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event))
                    close(fd);
            }
        }
    }
}
