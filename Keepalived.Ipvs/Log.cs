using Microsoft.Extensions.Logging;

namespace Keepalived.Ipvs;

/// <summary>Every message of this library. Event ids are stable: 3000-3099 the reconciler.</summary>
internal static partial class Log
{
    [LoggerMessage(
        3000, LogLevel.Debug,
        "The IPVS table has {Services} services: {Applied} changes made, {Failed} failed, {Draining} destinations drain")]
    public static partial void Reconciled(ILogger logger, int applied, int failed, int draining, int services);

    [LoggerMessage(
        3001, LogLevel.Warning,
        "{Failed} changes met an IPVS table that had changed, or their answers were lost; it is read again (attempt {Attempt})")]
    public static partial void TableChangedMeanwhile(ILogger logger, int failed, int attempt);

    [LoggerMessage(3002, LogLevel.Error, "The kernel refused: {Error}")]
    public static partial void OperationFailed(ILogger logger, string error);
}
