using Keepalived.Daemon.Configuration.Model;
using Keepalived.Daemon.Notify;
using Keepalived.Daemon.Processes;
using Keepalived.Ipvs;
using Keepalived.Netlink;
using Keepalived.Netlink.Io;
using Microsoft.Extensions.Logging;

namespace Keepalived.Daemon.Balancing;

/// <summary>Whether the kernel has IPVS: its module is asked for where it is missing.</summary>
internal static class IpvsModule
{
    private const string LoaderFile = "/proc/sys/kernel/modprobe";
    private const string StandardLoader = "/sbin/modprobe";
    private const string Module = "ip_vs";

    /// <summary>Completes when IPVS answers.</summary>
    /// <exception cref="RoleFailure">It does not: without it there is nothing for virtual servers to be in.</exception>
    public static async Task RequireAsync(IpvsClient client, ScriptRunner scripts, ILogger logger)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await client.GetInfoAsync().ConfigureAwait(true);
                return;
            }
            catch (NetlinkException e) when (e.Errno == Errno.EPERM)
            {
                throw new RoleFailure(ExitCode.Permission, $"IPVS: {e.Message}");
            }
            catch (NetlinkException e) when (attempt == 2)
            {
                Log.IpvsMissing(logger, e.Message);
                throw new RoleFailure(ExitCode.Fatal, $"IPVS: {e.Message}");
            }
            catch (NetlinkException)
            {
                await LoadAsync(scripts, quiet: attempt == 0).ConfigureAwait(true);
            }
        }
    }

    private static Task LoadAsync(ScriptRunner scripts, bool quiet)
    {
        var loaded = new TaskCompletionSource();
        var loader = FindLoader();
        // -s sends its complaints to the system's log; not every modprobe knows it.
        string[] words = quiet ? [loader, "-s", "--", Module] : [loader, "--", Module];
        scripts.Start(
            new ScriptConfiguration { Arguments = [.. words], Path = loader },
            [],
            10 * MonotonicClock.Second,
            _ => loaded.SetResult());
        return loaded.Task;
    }

    private static string FindLoader()
    {
        try
        {
            return File.ReadAllText(LoaderFile).Trim() is { Length: > 0 } path ? path : StandardLoader;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return StandardLoader;
        }
    }
}
