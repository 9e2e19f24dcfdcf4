using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Model;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>Finds virtual servers that wait for a VRRP instance that there is not, and so would never serve.</summary>
internal static class FollowedInstances
{
    public static void Check(BindContext context, KeepalivedConfiguration configuration)
    {
        var names = configuration.VrrpInstances.Select(static instance => instance.Name).ToHashSet();
        foreach (var server in configuration.VirtualServers)
        {
            if (server.WhileMaster is { } name && !names.Contains(name))
                context.Remark(server.Position.Location, DiagnosticCodes.UnknownName,
                    $"virtual_server: there is no vrrp_instance {name}, and so while_master keeps it out of the kernel");
        }
    }
}
