using System.Net.Sockets;
using Keepalived.Daemon.Configuration.Diagnostics;
using Keepalived.Daemon.Configuration.Keywords;
using Keepalived.Daemon.Configuration.Model;
using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Binding;

/// <summary>Finds virtual routers that would be one on the wire: with the same group, or with a peer in common.</summary>
internal sealed class DuplicateRouters(BindContext context, List<BlockValues> blocks, List<VrrpInstanceConfiguration> instances)
{
    private readonly Dictionary<OnTheWire, VrrpInstanceConfiguration> _routers = new(instances.Count);

    private Dictionary<string, BlockValues>? _blocks;

    private readonly record struct OnTheWire(
        AddressFamily Family, byte RouterId, string? Interface, InetAddress Source, InetAddress Destination, bool IsUnicast);

    public void Check()
    {
        foreach (var instance in instances)
        {
            if (instance.VirtualRouterId != 0 && FindFirst(instance) is { } first)
                Report(instance, first);
        }
    }

    private VrrpInstanceConfiguration? FindFirst(VrrpInstanceConfiguration instance)
    {
        if (!instance.IsUnicast)
            return Take(instance, default, instance.MulticastGroup);
        VrrpInstanceConfiguration? first = null;
        foreach (var peer in instance.UnicastPeers)
        {
            var other = Take(instance, instance.SourceAddress ?? default, peer.Address);
            first ??= other;
        }

        return first;
    }

    // The router that has this on the wire already; null if it is this one from now on.
    private VrrpInstanceConfiguration? Take(VrrpInstanceConfiguration instance, InetAddress source, InetAddress destination)
    {
        var key = new OnTheWire(
            instance.Family, instance.VirtualRouterId, instance.Interface, source, destination, instance.IsUnicast);
        return _routers.TryAdd(key, instance) || ReferenceEquals(_routers[key], instance) ? null : _routers[key];
    }

    private void Report(VrrpInstanceConfiguration instance, VrrpInstanceConfiguration first)
    {
        _blocks ??= blocks.ToDictionary(static block => block.Name);
        var place = _blocks[instance.Name].LocationOf(VrrpInstanceKeywords.VirtualRouterId);
        var message = $"vrrp_instance {instance.Name}: virtual_router_id {instance.VirtualRouterId} is that of {first.Name}, "
            + "on the same interface";
        if (instance.IsUnicast)
            context.Error(place, DiagnosticCodes.Conflict, $"{message} and with the same peers");
        else
            context.Fatal(place, DiagnosticCodes.Conflict, message);
    }
}
