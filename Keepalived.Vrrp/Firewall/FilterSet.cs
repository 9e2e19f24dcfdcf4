namespace Keepalived.Vrrp.Firewall;

/// <summary>A set of the packet filter: what it lists decides which rules there are.</summary>
internal enum FilterSet
{
    /// <summary>Addresses that take and send no packets.</summary>
    Addresses,

    /// <summary>The same for link-local ones, with the index of their interface.</summary>
    LinkLocal,

    /// <summary>The same with its name.</summary>
    LinkLocalByName,

    /// <summary>Virtual MAC interfaces, and the interface by which their group reports leave instead.</summary>
    VirtualMacs,
}
