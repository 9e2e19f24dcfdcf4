using Keepalived.Netlink;

namespace Keepalived.Daemon.Configuration.Model;

/// <summary>The interface with the virtual router's MAC address (<c>use_vmac</c>).</summary>
public sealed record VmacConfiguration
{
    /// <summary>Its name; chosen if null.</summary>
    public string? Name { get; init; }

    /// <summary>Its MAC address; of five bytes, the virtual router id follows; the RFC's if null.</summary>
    public LinkLayerAddress? Address { get; init; }

    /// <summary>Whether the base interface is touched after changes, so that others notice them.</summary>
    public bool NotifyLink { get; init; }

    /// <summary>Its interface group; the base interface's if null.</summary>
    public uint? Group { get; init; }
}
