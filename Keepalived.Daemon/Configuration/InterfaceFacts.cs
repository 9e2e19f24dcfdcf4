namespace Keepalived.Daemon.Configuration;

/// <summary>What the rules between keywords need to know of an interface.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsLoopback">Whether it is a loopback interface.</param>
/// <param name="IsMulticast">Whether it can multicast (IFF_MULTICAST).</param>
/// <param name="Mtu">Its MTU in bytes.</param>
/// <param name="Driver">What drives it: <c>macvlan</c>, <c>ipvlan</c>, or anything else.</param>
public readonly record struct InterfaceFacts(string Name, bool IsLoopback = false, bool IsMulticast = true, int Mtu = 1500, string Driver = "");
