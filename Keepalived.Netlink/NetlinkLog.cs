using Microsoft.Extensions.Logging;

namespace Keepalived.Netlink;

internal static partial class Log
{
    [LoggerMessage(4100, LogLevel.Warning, "Netlink messages were lost ({Reason}); state is read again")]
    public static partial void NetlinkDataLost(ILogger logger, string reason);

    [LoggerMessage(4101, LogLevel.Warning, "A netlink message of type {Type} is malformed: {Error}")]
    public static partial void NetlinkMalformed(ILogger logger, int type, Wire.NetlinkDecodeError error);

    [LoggerMessage(4102, LogLevel.Debug, "The table changed during '{Request}': starting again, attempt {Attempt}")]
    public static partial void NetlinkDumpRetried(ILogger logger, string request, int attempt);

    [LoggerMessage(4103, LogLevel.Error, "The netlink connection ended")]
    public static partial void NetlinkConnectionEnded(ILogger logger, Exception exception);
}
