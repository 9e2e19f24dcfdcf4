using System.Text;
using Keepalived.Daemon.CommandLine;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Processes;

/// <summary><c>-m</c> and <c>-M</c>: the limit on core dumps, and the kernel's pattern for their names.</summary>
internal sealed class CoreDump
{
    private const string PatternPath = "/proc/sys/kernel/core_pattern";
    private readonly ILogger _logger;
    private readonly byte[]? _original;

    private CoreDump(ILogger logger, byte[]? original) => (_logger, _original) = (logger, original);

    /// <summary>Does what the command line asks for.</summary>
    public static CoreDump Enable(CommandLineOptions options, ILogger logger)
    {
        if (options.CoreDump
            && RealTime.SetLimit(ResourceLimit.Core, RealTime.Unlimited, RealTime.Unlimited) is { Succeeded: false } refused)
            Log.SchedulingRefused(logger, "limit of core dumps", refused.ToString());
        if (options.CoreDumpPattern is not { } pattern)
            return new CoreDump(logger, null);
        try
        {
            var original = File.ReadAllBytes(PatternPath);
            Write(Encoding.UTF8.GetBytes(pattern));
            return new CoreDump(logger, original);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.CorePatternFailed(logger, error.Message);
            return new CoreDump(logger, null);
        }
    }

    /// <summary>Gives the kernel its old pattern back.</summary>
    public void Restore()
    {
        if (_original is null)
            return;
        try
        {
            Write(_original);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Log.CorePatternFailed(_logger, error.Message);
        }
    }

    // At offset 0, in one write: with strict sysctl the kernel ignores anything else.
    private static void Write(byte[] pattern)
    {
        using var file = File.OpenHandle(PatternPath, FileMode.Open, FileAccess.Write);
        RandomAccess.Write(file, pattern, 0);
    }
}
