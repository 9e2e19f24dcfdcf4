namespace Keepalived.Vrrp.Interfaces;

/// <summary>
/// An interface whose driver does not tell the kernel when the link goes down, so that it is asked every second instead
/// (linkbeat_interfaces). Not for virtual MAC interfaces.
/// </summary>
/// <param name="Interface">Its name.</param>
/// <param name="Method">How.</param>
public sealed record LinkPolling(string Interface, LinkPollingMethod Method = LinkPollingMethod.Automatic);
