namespace Keepalived.Daemon.Configuration.Model;

/// <summary>A <c>key</c> of BFD authentication.</summary>
/// <param name="Id">Its number on the wire, 0-255.</param>
/// <param name="Key">Its 1 to 16 bytes; up to 20 of SHA1.</param>
/// <param name="Type">Its type; before completion <see cref="BfdAuthenticationType.None"/> where the block's counts.</param>
public sealed record BfdKeyConfiguration(int Id, Secret Key, BfdAuthenticationType Type);
