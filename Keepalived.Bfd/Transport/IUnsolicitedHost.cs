namespace Keepalived.Bfd.Transport;

/// <summary>Opens and ends the sessions that neighbours ask for (RFC 9468). Called on the loop.</summary>
internal interface IUnsolicitedHost
{
    /// <summary>A packet of no session came: whether it opened one, which then took it.</summary>
    bool TryAdmit(ReadOnlySpan<byte> payload, in BfdPacketOrigin origin, long now);

    /// <summary>The neighbour is silent: ends the session soon, for its driver is still at work.</summary>
    void End(ControlDriver driver);

    /// <summary>An interface came or went.</summary>
    void UpdateLinks();
}
