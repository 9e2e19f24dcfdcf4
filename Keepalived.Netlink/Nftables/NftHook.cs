namespace Keepalived.Netlink.Nftables;

/// <summary>
/// Where in the network stack a base chain sees packets: numbers of the families <c>ip</c>, <c>ip6</c>, <c>inet</c> and <c>bridge</c>
/// (NF_INET_*). Those of <c>arp</c> and <c>netdev</c> have names of their own.
/// </summary>
#pragma warning disable CA1069 // The numbers are those of the family.
public enum NftHook : uint
{
    /// <summary>Arrived, before routing.</summary>
    Prerouting = 0,

    /// <summary>For this machine.</summary>
    Input = 1,

    /// <summary>For others.</summary>
    Forward = 2,

    /// <summary>Made here.</summary>
    Output = 3,

    /// <summary>About to leave.</summary>
    Postrouting = 4,

    /// <summary>Family <c>inet</c>: arrived from a device (NF_INET_INGRESS).</summary>
    InetIngress = 5,

    /// <summary>Family <c>netdev</c>: arrived from the device (NF_NETDEV_INGRESS).</summary>
    DeviceIngress = 0,

    /// <summary>Family <c>netdev</c>: about to go to the device (NF_NETDEV_EGRESS).</summary>
    DeviceEgress = 1,

    /// <summary>Family <c>arp</c>: arrived (NF_ARP_IN).</summary>
    ArpInput = 0,

    /// <summary>Family <c>arp</c>: made here (NF_ARP_OUT).</summary>
    ArpOutput = 1,
}
#pragma warning restore CA1069
