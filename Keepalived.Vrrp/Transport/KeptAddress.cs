namespace Keepalived.Vrrp.Transport;

/// <summary>A virtual address and what we did to the kernel with it.</summary>
internal sealed class KeptAddress(VirtualAddress address, string device)
{
    public VirtualAddress Address { get; } = address;

    public string Device { get; } = device;

    /// <summary>Whether the last thing we asked for was to have it.</summary>
    public bool IsSet { get; set; }

    /// <summary>The interface it was added to.</summary>
    public int InterfaceIndex { get; set; }

    /// <summary>Which request was the last about it: an answer to an earlier one has no say.</summary>
    public int LastRequest { get; set; }
}
