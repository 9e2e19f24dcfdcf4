namespace Keepalived.Netlink;

/// <summary>
/// What a <see cref="NetlinkConnection"/> counted. Readable from any thread; the numbers are of slightly different moments.
/// </summary>
/// <param name="RequestsSent">Requests handed to the transport.</param>
/// <param name="Sends">Flushes of the transport, each one system call: many requests may share one.</param>
/// <param name="RequestsFailed">Requests that the kernel refused, dumps included.</param>
/// <param name="Notifications">Messages that answered no request.</param>
/// <param name="UnexpectedAnswers">Acknowledgements and ends of dumps that nobody waited for.</param>
/// <param name="DataLosses">How often messages were lost: see <see cref="NetlinkConnectionOptions.OnDataLost"/>.</param>
/// <param name="Malformed">Messages that were not what their type promises.</param>
/// <param name="DumpRetries">Dumps started again because the table changed meanwhile.</param>
public readonly record struct NetlinkConnectionStatistics(
    long RequestsSent,
    long Sends,
    long RequestsFailed,
    long Notifications,
    long UnexpectedAnswers,
    long DataLosses,
    long Malformed,
    long DumpRetries);
